//===- Machine.cpp --------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>
#include <new>

namespace looplint::python {

static constexpr std::size_t chunkSize = 64UL * 1024;
static constexpr std::size_t alignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

void *FrameStack::allocate(std::size_t size) {
  static_assert(sizeof(Header) % alignment == 0);
  std::size_t total =
      (sizeof(Header) + size + alignment - 1) / alignment * alignment;
  if (chunks.empty() || chunks[current].used + total > chunks[current].size) {
    // A later chunk that a deeper descent left behind is used again.
    std::size_t next = chunks.empty() ? 0 : current + 1;
    if (next == chunks.size() || chunks[next].size < total) {
      chunks.resize(next);
      std::size_t wanted = std::max(total, chunkSize);
      chunks.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted,
                        /*used=*/0});
    }
    current = next;
  }
  Chunk &chunk = chunks[current];
  Header *header = new (chunk.memory.get() + chunk.used) Header{this, total};
  chunk.used += total;
  return header + 1;
}

void FrameStack::release(void *memory) {
  Header *header = static_cast<Header *>(memory) - 1;
  FrameStack &stack = *header->owner;
  Chunk &chunk = stack.chunks[stack.current];
  assert(reinterpret_cast<char *>(header) ==
             chunk.memory.get() + chunk.used - header->size &&
         "frames are released in the reverse order of their allocation");
  chunk.used -= header->size;
  if (chunk.used == 0 && stack.current > 0)
    --stack.current;
}

ValueId Machine::run(Step step) {
  if (!step.handle)
    return step.value;

  std::size_t floor = pending.size();
  pending.push_back(step.handle);
  while (pending.size() > floor)
    pending.back().resume();
  return result;
}

} // namespace looplint::python
