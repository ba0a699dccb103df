//! The followers of a feed, in groups to which one task writes.

use std::sync::Arc;

use tokio::runtime::{Handle, Id};

use super::follower::Follower;

/// The number of followers in a group. Writing to all of them takes about 0.2 ms, after which other tasks run.
const SIZE: usize = 32;

#[derive(Default)]
pub(super) struct Groups {
    shards: Vec<Shard>,
}

/// The followers whose connections belong to one runtime. Each thread of a server may have its own.
struct Shard {
    runtime: Handle,
    groups: Vec<Group>,
    count: usize,
    /// Places without a follower.
    free: Vec<usize>,
}

#[derive(Default)]
struct Group {
    members: Vec<Option<Arc<Follower>>>,
    count: usize,
    /// Its task was spawned and has not begun.
    is_scheduled: bool,
}

/// The place of a follower: its runtime, and its index in that runtime.
#[derive(Clone, Copy)]
pub(super) struct Place {
    runtime: Id,
    index: usize,
}

#[cfg(test)]
impl Place {
    pub(super) fn index(self) -> usize {
        self.index
    }
}

/// A group whose task has to be spawned.
pub(super) struct Scheduled {
    pub(super) runtime: Handle,
    pub(super) group: usize,
}

impl Groups {
    pub(super) fn enter(&mut self, runtime: Handle, follower: Arc<Follower>) -> Place {
        let id = runtime.id();
        let index = match self.shard(id) {
            Some(shard) => shard.enter(follower),
            None => {
                let mut shard = Shard {
                    runtime,
                    groups: Vec::new(),
                    count: 0,
                    free: Vec::new(),
                };
                let index = shard.enter(follower);
                self.shards.push(shard);
                index
            }
        };
        Place { runtime: id, index }
    }

    pub(super) fn leave(&mut self, place: Place) {
        let Some(shard) = self.shard(place.runtime) else {
            return;
        };
        shard.leave(place.index);
        if shard.count == 0 {
            self.shards.retain(|shard| shard.count > 0);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.count).sum()
    }

    /// Marks the groups that are not scheduled yet as scheduled, and returns them.
    pub(super) fn schedule(&mut self) -> Vec<Scheduled> {
        let shards = self.shards.iter_mut();
        shards.flat_map(Shard::schedule).collect()
    }

    /// Called when the task of a group begins. Returns the followers.
    pub(super) fn begin(&mut self, runtime: Id, group: usize) -> Vec<Arc<Follower>> {
        let shard = self.shard(runtime);
        let Some(group) = shard.and_then(|shard| shard.groups.get_mut(group)) else {
            return Vec::new();
        };
        group.is_scheduled = false;
        group.members.iter().flatten().cloned().collect()
    }

    fn shard(&mut self, runtime: Id) -> Option<&mut Shard> {
        let mut shards = self.shards.iter_mut();
        shards.find(|shard| shard.runtime.id() == runtime)
    }
}

impl Shard {
    fn enter(&mut self, follower: Arc<Follower>) -> usize {
        let index = self.free.pop().unwrap_or_else(|| self.add_place());
        let group = &mut self.groups[index / SIZE];
        group.members[index % SIZE] = Some(follower);
        group.count += 1;
        self.count += 1;
        index
    }

    fn add_place(&mut self) -> usize {
        let is_full = |group: &Group| group.members.len() == SIZE;
        if self.groups.last().is_none_or(is_full) {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        self.groups[last].members.push(None);
        last * SIZE + self.groups[last].members.len() - 1
    }

    fn leave(&mut self, index: usize) {
        let group = &mut self.groups[index / SIZE];
        if group.members[index % SIZE].take().is_some() {
            group.count -= 1;
            self.count -= 1;
            self.free.push(index);
        }
    }

    fn schedule(&mut self) -> impl Iterator<Item = Scheduled> {
        let runtime = &self.runtime;
        let groups = self.groups.iter_mut().enumerate();
        let due = groups.filter(|(_, group)| group.count > 0 && !group.is_scheduled);
        due.map(|(index, group)| {
            group.is_scheduled = true;
            Scheduled {
                runtime: runtime.clone(),
                group: index,
            }
        })
    }
}
