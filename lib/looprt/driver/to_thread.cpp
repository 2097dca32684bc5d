// To the pool and back.
#include "looprt/to_thread.h"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>

namespace looprt::detail {

void thread_wait::start(event_loop &loop) {
  loop.expect(1);
  asio::post(loop.threads(), [this, &loop] {
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
    asio::post(loop.context(), [this, &loop] {
      loop.expect(-1);
      wake();
    });
  });
}

} // namespace looprt::detail
