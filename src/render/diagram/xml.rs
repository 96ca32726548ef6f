//! The one door through which text comes into XML.

/// A text as XML holds it, in elements and in attributes: markup escaped, and what XML does not
/// allow replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push('\n'),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_element() {
        assert_eq!(
            escaped("</text><script>&\"'"),
            "&lt;/text&gt;&lt;script&gt;&amp;&quot;&#39;"
        );
        assert_eq!(
            escaped("a\u{0}b\u{1b}[31m\u{ffff}"),
            "a\u{fffd}b\u{fffd}[31m\u{fffd}"
        );
        assert_eq!(escaped("흑연 石墨"), "흑연 石墨");
    }
}
