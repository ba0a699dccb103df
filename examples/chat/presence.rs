//! Records who is present, across all replicas.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// The members of a room at one replica.
#[derive(Serialize, Deserialize)]
pub struct Present {
    pub replica: String,
    pub room: String,
    pub names: Vec<String>,
}

pub struct Presence {
    replica: String,
    /// The names, by replica and room.
    names: Mutex<BTreeMap<(String, String), Vec<String>>>,
}

impl Default for Presence {
    fn default() -> Self {
        let random = RandomState::new().build_hasher().finish();
        Self {
            replica: format!("chat-{random:x}"),
            names: Mutex::default(),
        }
    }
}

impl Presence {
    /// Returns the name of this replica.
    pub fn replica(&self) -> &str {
        &self.replica
    }

    pub fn here(&self, room: &str, names: Vec<String>) -> Present {
        Present {
            replica: self.replica.clone(),
            room: room.to_owned(),
            names,
        }
    }

    /// Records who is present at a replica, and returns who is present at any replica.
    pub fn set(&self, present: &Present) -> Vec<String> {
        let mut all = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (present.replica.clone(), present.room.clone());
        match present.names.is_empty() {
            true => all.remove(&key),
            false => all.insert(key, present.names.clone()),
        };
        let in_room = all.iter().filter(|((_, room), _)| *room == present.room);
        let mut names: Vec<String> = in_room.flat_map(|(_, names)| names.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Removes the members at a replica that was killed.
    pub fn forget(&self, replica: &str) {
        let mut all = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(of, _), _| of != replica);
    }
}
