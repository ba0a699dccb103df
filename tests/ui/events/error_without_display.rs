struct Failure;

onward::events! { ChatEvents { MessageLogged(str), Error(Failure) } }

fn main() {}
