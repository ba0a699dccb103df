onward::events! { ChatEvents { Said: String, Left } }

onward::events! { pub RoomEvents { Opened { name: String }, Closed } }

onward::events! { enum DoorEvents { Locked, Unlocked(u32) } }

onward::events! { LampEvents { On Off } }

onward::events! { BellEvents { Rang(u32) Broke } }

onward::events! { RadioEvents }

fn main() {}
