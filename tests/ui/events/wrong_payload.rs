use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str), Left(u32) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.emit(MessageLogged, &7);
    chat.emit(Left, "bye");
    chat.emit_with(MessageLogged, || 7);
    chat.on(MessageLogged, |text: &u32| println!("{text}"));
}
