//! Keys by which the address of the HTML page names nodes and arrows, and links to them.

use super::picture::{Arrow, Picture, PictureNode};

/// A key for each node: what it stands for; where several stand for the same, also which aspect of
/// it, and as a last resort a number.
pub(super) fn node_keys(picture: &Picture) -> Vec<String> {
    let plain: Vec<String> = picture.nodes.iter().map(key).collect();
    let mut keys: Vec<String> = Vec::new();
    for (node, key) in picture.nodes.iter().zip(&plain) {
        let is_one_of_many = plain.iter().filter(|other| *other == key).count() > 1;
        let aspect = node
            .aspect
            .filter(|_| is_one_of_many)
            .map(|aspect| format!("/{aspect}"))
            .unwrap_or_default();
        let key = format!("{key}{aspect}");
        let same = keys
            .iter()
            .filter(|known| known.split('~').next() == Some(key.as_str()))
            .count();
        keys.push(if same == 0 {
            key
        } else {
            format!("{key}~{same}")
        });
    }
    keys
}

fn key(node: &PictureNode) -> String {
    if node.entity.is_none() {
        let ids: Vec<&str> = node
            .folded
            .iter()
            .map(|member| member.id.as_str())
            .collect();
        return format!("several/{}", ids.join("/"));
    }
    let parts = [
        Some(node.node),
        node.by.as_deref(),
        node.entity.as_deref(),
        node.into.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// A key for an arrow, out of those of the nodes.
pub(super) fn arrow_key(arrow: &Arrow, keys: &[String]) -> String {
    let planned = if arrow.is_planned { "!" } else { "" };
    format!("{}>{}{planned}", keys[arrow.from], keys[arrow.to])
}

/// The longest link: what is longer some programs cut.
const LONGEST: usize = 2000;

/// A link to where an HTML page selects something: `page.html#arrow=…`; none if it would be too
/// long.
pub(super) fn link(page: &str, what: &str, key: &str) -> Option<String> {
    let link = format!("{}#{what}={}", encoded(page), encoded(key));
    (link.len() <= LONGEST).then_some(link)
}

/// A text as a part of an address: all but letters, digits and a few marks by its bytes.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for &byte in text.as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                encoded.push(char::from(byte))
            }
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_nothing_but_plain_letters() {
        let linked = link("of graphite.html", "arrow", "good/흑연>good/a&b=c").unwrap();
        assert_eq!(
            linked,
            "of%20graphite.html#arrow=good%2F%ED%9D%91%EC%97%B0%3Egood%2Fa%26b%3Dc"
        );
        assert_eq!(link("a.html", "node", &"x".repeat(LONGEST)), None);
    }
}
