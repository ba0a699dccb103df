mod chat {
    onward::events! { pub ChatEvents { Said(str) } }
}

onward::events! { for chat::ChatEvents { Error(std::io::Error) } }

fn main() {}
