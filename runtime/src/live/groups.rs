//! The followers of a feed, in groups. One task writes to all followers of a group.

use std::ops::Deref;
use std::sync::Arc;

use tokio::runtime::{Handle, Id};

use super::follower::Follower;

/// The number of followers in a group. Writing to all of them takes about 0.2 ms, after which other tasks run.
const SIZE: usize = 32;

/// The followers of a group. They are next to each other in memory, because sequential reads are faster than scattered
/// ones.
pub(super) type Group = [Follower; SIZE];

#[derive(Default)]
pub(super) struct Groups {
    shards: Vec<Shard>,
}

/// The followers whose connections belong to one runtime. Each thread of a server may have its own runtime.
struct Shard {
    runtime: Handle,
    groups: Vec<GroupEntry>,
    count: usize,
    /// Places without a follower.
    free: Vec<usize>,
}

#[derive(Default)]
struct GroupEntry {
    group: Arc<Group>,
    count: usize,
    /// Whether the task of the group has been spawned but has not begun.
    is_scheduled: bool,
}

/// The place of a follower.
pub(super) struct Place {
    runtime: Id,
    group: Arc<Group>,
    /// The index among all places of the runtime.
    index: usize,
}

impl Deref for Place {
    type Target = Follower;

    #[inline]
    fn deref(&self) -> &Follower {
        &self.group[self.index % SIZE]
    }
}

#[cfg(test)]
impl Place {
    #[inline]
    pub(super) fn index(&self) -> usize {
        self.index
    }
}

/// A group whose task has to be spawned.
pub(super) struct Scheduled {
    pub(super) runtime: Handle,
    pub(super) group: usize,
}

impl Groups {
    #[inline]
    pub(super) fn enter(&mut self, runtime: Handle) -> Place {
        let id = runtime.id();
        if let Some(shard) = self.shard(id) {
            return shard.enter(id);
        }
        let mut shard = Shard {
            runtime,
            groups: Vec::new(),
            count: 0,
            free: Vec::new(),
        };
        let place = shard.enter(id);
        self.shards.push(shard);
        place
    }

    #[inline]
    pub(super) fn leave(&mut self, place: &Place) {
        let Some(shard) = self.shard(place.runtime) else {
            return;
        };
        shard.groups[place.index / SIZE].count -= 1;
        shard.count -= 1;
        shard.free.push(place.index);
        if shard.count == 0 {
            self.shards.retain(|shard| shard.count > 0);
        }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.count).sum()
    }

    /// Schedules the groups that have followers and are not scheduled yet, and returns them.
    #[inline]
    pub(super) fn schedule(&mut self) -> Vec<Scheduled> {
        let mut scheduled = Vec::new();
        for shard in &mut self.shards {
            shard.schedule(&mut scheduled);
        }
        scheduled
    }

    /// Returns the followers of a group whose task begins.
    #[inline]
    pub(super) fn begin(&mut self, runtime: Id, group: usize) -> Option<Arc<Group>> {
        let entry = self.shard(runtime)?.groups.get_mut(group)?;
        entry.is_scheduled = false;
        Some(Arc::clone(&entry.group))
    }

    #[inline]
    fn shard(&mut self, runtime: Id) -> Option<&mut Shard> {
        let mut shards = self.shards.iter_mut();
        shards.find(|shard| shard.runtime.id() == runtime)
    }
}

impl Shard {
    #[inline]
    fn enter(&mut self, runtime: Id) -> Place {
        let index = self.free.pop().unwrap_or_else(|| {
            // No place is free, so the count is the index of the next place.
            if self.count == self.groups.len() * SIZE {
                self.groups.push(GroupEntry::default());
            }
            self.count
        });
        let entry = &mut self.groups[index / SIZE];
        entry.count += 1;
        self.count += 1;
        Place {
            runtime,
            group: Arc::clone(&entry.group),
            index,
        }
    }

    #[inline]
    fn schedule(&mut self, scheduled: &mut Vec<Scheduled>) {
        for (index, group) in self.groups.iter_mut().enumerate() {
            if group.count > 0 && !group.is_scheduled {
                group.is_scheduled = true;
                scheduled.push(Scheduled {
                    runtime: self.runtime.clone(),
                    group: index,
                });
            }
        }
    }
}
