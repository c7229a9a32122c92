//! Texts with gaps: `{{ name }}` and the little more that minijinja offers.
//!
//! What people wrote goes into a gap as it is: it is never read as a template, and nothing is
//! escaped here, because only the place where it is shown knows what would be markup there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};

/// The values of the gaps, by name.
pub(super) type Gaps = BTreeMap<String, String>;

/// What is wrong with a text: where in it, and what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The line within the text, from 1.
    pub line: usize,
    /// What the template engine says.
    pub what: String,
}

static STRICT: LazyLock<Environment<'static>> = LazyLock::new(|| engine(UndefinedBehavior::Strict));
static LENIENT: LazyLock<Environment<'static>> = LazyLock::new(|| engine(UndefinedBehavior::Chainable));

fn engine(undefined: UndefinedBehavior) -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(undefined);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine
}

/// The text with its gaps filled; a gap without a value is a fault.
pub(super) fn fill(text: &str, gaps: &Gaps) -> Result<String, Broken> {
    if is_plain(text) {
        return Ok(text.to_owned());
    }
    STRICT.render_str(text, gaps).map_err(|error| broken(&error))
}

/// The text with its gaps filled as well as may be: for people, who should rather read a sentence
/// with a hole than nothing.
pub(super) fn fill_anyhow(text: &str, gaps: &Gaps) -> String {
    fill(text, gaps).or_else(|_| LENIENT.render_str(text, gaps)).unwrap_or_else(|_| text.to_owned())
}

/// The names of the gaps in a text.
pub(super) fn names(text: &str) -> Result<Vec<String>, Broken> {
    if is_plain(text) {
        return Ok(Vec::new());
    }
    let template = STRICT.template_from_str(text).map_err(|error| broken(&error))?;
    let mut names: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    names.sort();
    Ok(names)
}

fn is_plain(text: &str) -> bool {
    !text.contains("{{") && !text.contains("{%") && !text.contains("{#")
}

fn broken(error: &minijinja::Error) -> Broken {
    let what = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    Broken { line: error.line().unwrap_or(1).max(1), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(pairs: &[(&str, &str)]) -> Gaps {
        pairs.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_people_wrote_stays_as_it_is() {
        let hostile = "<b>{{ name }}</b> & @everyone {% raw %}";
        assert_eq!(fill("You wrote: {{ typed }}", &gaps(&[("typed", hostile)])), Ok(format!("You wrote: {hostile}")));
    }

    #[test]
    fn a_gap_without_a_value_is_a_fault_but_people_still_get_a_sentence() {
        let text = "Thank you, {{ name }}!";
        assert!(fill(text, &gaps(&[])).is_err());
        assert_eq!(fill_anyhow(text, &gaps(&[])), "Thank you, !");
        assert_eq!(fill_anyhow("Broken {{ gap", &gaps(&[])), "Broken {{ gap");
    }

    #[test]
    fn names_are_found_and_broken_texts_are_told() {
        assert_eq!(names("{{ have }} of {{ of }}, {{ have }}"), Ok(vec!["have".to_owned(), "of".to_owned()]));
        assert_eq!(names("one\n{{ two").map_err(|broken| broken.line), Err(2));
    }
}
