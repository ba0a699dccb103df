use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str), Renamed(String, String) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on(Renamed, |from, to| println!("{from} is {to}"));
    chat.once(MessageLogged, |text, more| println!("{text}"));
    chat.on(MessageLogged, |text: String| println!("{text}"));
    chat.once(MessageLogged, |text: &u32| println!("{text}"));
    chat.emit(Renamed, "ada", "grace");
}
