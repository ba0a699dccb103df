use onward::events::Emitter;

onward::events! { ChatEvents { MessageLogged(str) } }

async fn store(_text: &str) {}

fn main() {
    let chat: Emitter<ChatEvents> = Emitter::new();
    chat.on_async(MessageLogged, |text| async move { store(text).await });
}
