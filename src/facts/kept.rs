//! Values that the build keeps in the binary and that are read at their first use: a question needs
//! few of all the facts.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is there, or that stands in the binary, as postcard wrote it, until somebody looks
/// at it.
#[derive(Clone, Debug)]
pub(super) struct Kept<T> {
    value: OnceLock<Box<T>>,
    written: &'static [u8],
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Kept {
            value: OnceLock::from(Box::new(value)),
            written: &[],
        }
    }
}

impl<T: Deserialize<'static>> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let read =
            || postcard::from_bytes(self.written).expect("the build wrote what it was given");
        self.value.get_or_init(|| Box::new(read()))
    }
}

impl<T: Serialize + Deserialize<'static>> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = postcard::to_stdvec::<T>(self).map_err(serde::ser::Error::custom)?;
        serializer.serialize_bytes(&written)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = <&'static [u8]>::deserialize(deserializer)?;
        Ok(Kept {
            value: OnceLock::new(),
            written,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_it_was_written() {
        let kept: Kept<Vec<&str>> = vec!["graphite", "흑연"].into();
        let written: &'static [u8] = postcard::to_stdvec(&kept).unwrap().leak();
        let again: Kept<Vec<&str>> = postcard::from_bytes(written).unwrap();
        assert!(again.value.get().is_none(), "nobody looked at it");
        assert_eq!(*again, *kept);
        assert_eq!(postcard::to_stdvec(&again).unwrap(), written);
    }
}
