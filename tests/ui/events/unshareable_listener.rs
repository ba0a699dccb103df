use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    let rc = std::rc::Rc::new(());
    chat.on(MessageLogged, move |_| println!("{rc:?}"));
}
