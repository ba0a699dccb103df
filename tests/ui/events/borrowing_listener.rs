use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    let room = String::from("room");
    chat.on(MessageLogged, |text| println!("{room}: {text}"));
}
