//! What tests of many subjects begin with: a partnership that Ann of Alpha founds and hosts.

use jointpath::app::Receipt;
use jointpath::path::{AccountId, Founding, RoomId, Who};

/// What the partnership is about; it stands on every canvas that insiders see.
pub const ISSUE: &str = "Children learn hungry";

/// The founding of a partnership with this name.
pub fn founding(name: &str) -> Founding {
    Founding {
        name: name.to_owned(),
        issue: ISSUE.to_owned(),
        language: "en".to_owned(),
        house: 7,
        room: RoomId(8),
        account: AccountId(1),
        host: "Ann".to_owned(),
        handle: "ann".to_owned(),
        partner: "Alpha".to_owned(),
        zone: "UTC".to_owned(),
    }
}

/// Ann, before anybody knows her.
pub fn founder() -> Who {
    Who::Stranger { account: AccountId(1), handle: "ann".to_owned(), manager: true }
}

/// A receipt that is known by this.
pub fn receipt(key: impl std::fmt::Display) -> Receipt {
    Receipt { key: format!("test-{key}"), opening: None, at: None }
}
