//! Links that open the canvas: the token is made here, told once, and kept nowhere.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use super::{ActError, App, Receipt, writer};
use crate::path::{Act, PartnershipId, Refusal, Reply, Scope, ShareId, Viewer, Who};

/// Bytes of a token: 128 bits, which nobody guesses.
const TOKEN_BYTES: usize = 16;

impl App {
    /// Makes a link. Its token is in this answer and nowhere else: what is kept is its hash.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved. An act that is repeated under its receipt is refused with
    /// [`Refusal::ShownOnce`], because the first token is not known any more.
    pub async fn share(
        &self,
        id: PartnershipId,
        who: Who,
        receipt: Receipt,
        scope: Scope,
        until: Option<DateTime<Utc>>,
    ) -> Result<(String, Reply), ActError> {
        let token = token().ok_or_else(|| writer::unlucky("no chance to be had for a token"))?;
        let hash = hash(&token);
        let reply = self.act(id, receipt, who, Act::Share { scope, hash: hash.clone(), until }).await?;
        if self.0.boards.shared(&hash).is_none() {
            return Err(Refusal::ShownOnce.into());
        }
        Ok((token, reply))
    }

    /// Takes a link back.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn unshare(
        &self,
        id: PartnershipId,
        who: Who,
        receipt: Receipt,
        share: ShareId,
    ) -> Result<Reply, ActError> {
        self.act(id, receipt, who, Act::Unshare { share }).await
    }

    /// Which canvas a token opens now, and as whom its bearer reads; none if it opens nothing.
    #[must_use]
    pub fn shared(&self, token: &str) -> Option<(PartnershipId, Viewer)> {
        if token.len() != TOKEN_BYTES * 2 {
            return None;
        }
        let (id, share) = self.0.boards.shared(&hash(token))?;
        share.is_live(self.now()).then(|| (id, share.viewer()))
    }
}

/// A new token, from the chance that the system offers; in hex, so that no letter of it is markup anywhere.
fn token() -> Option<String> {
    let mut bytes = [0; TOKEN_BYTES];
    OsRng.try_fill_bytes(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// What is kept of a token. Looking it up takes as long for a wrong token as for one that is nearly right:
/// what is compared is not the token.
fn hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{hash, token};

    #[test]
    fn tokens_are_long_and_never_alike() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
        assert!(one.chars().all(|letter| letter.is_ascii_hexdigit()));
    }

    #[test]
    fn what_is_kept_is_the_sha_256() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
