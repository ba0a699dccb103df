use onward::events::{self, Emitter};

struct Message;

onward::events! { ChatEvents { Logged(Message) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    let _ = events::once(&chat, Logged);
    let _ = events::on(&chat, Logged);
}
