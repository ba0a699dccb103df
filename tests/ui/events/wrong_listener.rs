use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on(MessageLogged, "not a listener");
    chat.on(MessageLogged, |text| text.len());
    chat.on(MessageLogged, || println!("said"));
}
