use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let _chat: Emitter<MessageLogged> = Emitter::new();
    let _set: Option<ChatEvents> = None;
}
