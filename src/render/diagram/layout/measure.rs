//! How wide a text is, by our own estimate: no font is at hand, and the page must come out the same
//! everywhere.

use unicode_width::UnicodeWidthChar;

/// The width of a text in a size, a little on the safe side: in parts of the size, 1 for letters of
/// Chinese and Korean, 0.72 for capitals, 0.40 for narrow letters, 0.60 for the rest.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

fn letter(letter: char) -> f64 {
    match letter {
        'M' | 'W' | 'm' | 'w' | '%' | '@' | '—' => 0.9,
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '’' | '!'
        | '|' | '(' | ')' | ' ' | '-' => 0.40,
        letter if letter.width() == Some(0) => 0.0,
        letter if letter.width() == Some(2) => 1.0,
        letter if letter.is_uppercase() => 0.72,
        _ => 0.60,
    }
}

/// Breaks a text into lines no wider than `most`: at spaces, behind hyphens, between letters of
/// Chinese, and within a word only if it is wider than a whole line.
pub(crate) fn wrap(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last_mut().expect("never empty");
        if line.is_empty() || width(&format!("{line}{}", piece.trim_end_matches(' ')), size) <= most
        {
            line.push_str(&piece);
        } else {
            lines.push(piece);
        }
        while width(lines[lines.len() - 1].trim_end_matches(' '), size) > most {
            let line = lines.pop().expect("never empty");
            let (head, tail) = split(&line, size, most);
            lines.extend([head, tail]);
        }
    }
    lines
        .into_iter()
        .map(|line| line.trim_end_matches(' ').to_owned())
        .collect()
}

/// As [`wrap`], but of no more lines than a number; what does not fit is left out and marked with
/// an ellipsis.
pub(crate) fn wrap_to(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped = wrap(text, size, most);
    if wrapped.len() > lines {
        wrapped.truncate(lines);
        let last = wrapped.last_mut().expect("at least one line");
        while width(&format!("{last}…"), size) > most && last.pop().is_some() {}
        last.push('…');
    }
    wrapped
}

/// The pieces between which a line may be broken.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut may_break = true;
    for letter in text
        .split([' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        let is_han = letter.width() == Some(2) && !('\u{ac00}'..='\u{d7a3}').contains(&letter);
        match pieces.last_mut() {
            Some(piece) if !may_break && !is_han => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        may_break = matches!(letter, ' ' | '-' | '/') || is_han;
    }
    pieces
}

/// Parts a line that is too wide; the first part has at least one letter.
fn split(line: &str, size: f64, most: f64) -> (String, String) {
    let mut head = String::new();
    for letter in line.chars() {
        if !head.is_empty()
            && width(&head, size) + width(letter.encode_utf8(&mut [0; 4]), size) > most
        {
            break;
        }
        head.push(letter);
    }
    let tail = line[head.len()..].to_owned();
    (head, tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked() {
        for text in [
            "lithium-ion battery from South Korean battery makers",
            "흑연 음극재 공급망",
            "石墨负极材料供应链",
            "Donaudampfschiffe",
        ] {
            for most in [30.0, 60.0, 90.0] {
                let lines = wrap(text, 12.0, most);
                assert!(
                    lines.iter().all(|line| width(line, 12.0) <= most),
                    "{lines:?}"
                );
                let letters = |text: &str| {
                    text.chars()
                        .filter(|letter| *letter != ' ')
                        .collect::<String>()
                };
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_marked() {
        assert_eq!(
            wrap_to("one two three four", 10.0, 45.0, 2),
            ["one two", "three…"]
        );
        assert_eq!(wrap_to("one", 10.0, 40.0, 2), ["one"]);
        assert_eq!(wrap_to("", 10.0, 40.0, 2), [""]);
    }
}
