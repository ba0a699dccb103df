onward::events! { ChatEvents { Said(str), Left, Said(u32) } }

onward::events! {
    for ChatEvents {
        /// The payload is the name of the room.
        Moved(str),
        Moved(u32),
    }
}

fn main() {
    let chat = onward::events::Emitter::<ChatEvents>::new();
    chat.emit(Said, "hello");
    chat.emit(Moved, "kitchen");
}
