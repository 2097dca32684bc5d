//===- Parallel.h - the same for many files -------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_PARALLEL_H
#define LOOPLINT_LIB_DRIVER_PARALLEL_H

#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/Threading.h"

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace looplint {

/// Calls work(0) … work(count - 1), each once, on \p jobs threads (0: one for
/// each core). Each call writes what belongs to its index alone, so the order,
/// and with it the number of threads, cannot be seen in the result.
template <typename Work>
void inParallel(unsigned jobs, std::size_t count, const Work &work) {
  llvm::ThreadPoolStrategy strategy = llvm::hardware_concurrency(jobs);
  // More threads than cores are given if they are asked for.
  strategy.Limit = false;
  std::size_t threads =
      std::min<std::size_t>(strategy.compute_thread_count(), count);
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i)
      work(i);
    return;
  }

  // Files differ in size a thousandfold, so no thread gets a share in advance.
  std::atomic<std::size_t> next = 0;
  llvm::DefaultThreadPool pool(strategy);
  for (std::size_t thread = 0; thread < threads; ++thread)
    pool.async([&] {
      for (std::size_t i = next++; i < count; i = next++)
        work(i);
    });
  pool.wait();
}

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_PARALLEL_H
