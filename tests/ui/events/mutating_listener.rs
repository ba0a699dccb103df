use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    let mut lines = 0;
    chat.on(MessageLogged, move |_| lines += 1);
    let name = String::from("ada");
    chat.on(MessageLogged, move |_| drop(name));
}
