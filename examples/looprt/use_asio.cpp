// Asio's sockets, awaited.
#include "looprt/use_asio.h"

#include "looprt/combine.h"
#include "looprt/run.h"

#include <asio/local/connect_pair.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>

#include <iostream>
#include <string>

using socket_type = asio::local::stream_protocol::socket;

looprt::task<void> greet(socket_type &socket) {
  co_await asio::async_write(socket, asio::buffer("hello", 5),
                             looprt::use_asio);
}

looprt::task<std::string> hear(socket_type &socket) {
  std::string said(5, ' ');
  co_await asio::async_read(socket, asio::buffer(said), looprt::use_asio);
  co_return said;
}

looprt::task<void> serve() {
  asio::io_context &context = looprt::event_loop::current()->context();
  socket_type one(context), other(context);
  asio::local::connect_pair(one, other);
  const auto both = co_await looprt::when_all(greet(one), hear(other));
  std::cout << std::get<1>(both) << '\n';
}

int main() { looprt::run(serve()); }

// prints: hello
