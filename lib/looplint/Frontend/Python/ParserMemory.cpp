//===- ParserMemory.cpp ---------------------------------------------------===//
//
// Each block is preceded by its size. Sizes are rounded up to a class (steps of
// 16 bytes, then powers of two), and a freed block waits in its class's list:
// the parser's stacks grow and shrink all the time, so a mere bump allocator
// would take several times the memory.
//
//===----------------------------------------------------------------------===//

#include "ParserMemory.h"

#include "llvm/Support/MathExtras.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

namespace looplint::python {
namespace {

class Arena {
public:
  void *allocate(std::size_t size);
  void release(void *block);
  /// Forgets all blocks. Keeps some memory for the next file.
  void clear();

  static std::size_t sizeOf(void *block) {
    return static_cast<std::size_t *>(block)[-1];
  }

  bool isInUse = false;

private:
  struct FreeBlock {
    FreeBlock *next;
  };
  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };

  static constexpr std::size_t step = 16;
  static constexpr std::size_t largestSmall = 1024;
  static constexpr std::size_t smallClasses = largestSmall / step + 1;
  static constexpr std::size_t chunkSize = 256UL * 1024;
  static constexpr std::size_t keptBytes = 8UL * 1024 * 1024;

  static std::size_t roundedUp(std::size_t size);
  FreeBlock *&listOf(std::size_t rounded);
  char *bump(std::size_t bytes);

  std::array<FreeBlock *, smallClasses + 64> free = {};
  std::vector<Chunk> chunks;
  std::size_t current = 0;
  std::size_t used = 0;
};

} // namespace

std::size_t Arena::roundedUp(std::size_t size) {
  if (size <= largestSmall)
    return std::max(step, llvm::alignTo(size, step));
  return llvm::PowerOf2Ceil(size);
}

Arena::FreeBlock *&Arena::listOf(std::size_t rounded) {
  if (rounded <= largestSmall)
    return free[rounded / step];
  return free[smallClasses + llvm::Log2_64(rounded)];
}

char *Arena::bump(std::size_t bytes) {
  while (current < chunks.size() && used + bytes > chunks[current].size) {
    ++current;
    used = 0;
  }
  if (current == chunks.size()) {
    // Large files take large chunks.
    std::size_t wanted = std::max(
        {bytes, chunkSize, std::min(chunks.size() * chunkSize / 8, keptBytes)});
    chunks.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
  }
  char *memory = chunks[current].memory.get() + used;
  used += bytes;
  return memory;
}

void *Arena::allocate(std::size_t size) {
  std::size_t rounded = roundedUp(size);
  if (FreeBlock *&list = listOf(rounded)) {
    FreeBlock *block = list;
    list = block->next;
    return block;
  }
  auto *header =
      reinterpret_cast<std::size_t *>(bump(rounded + sizeof(std::size_t)));
  *header = rounded;
  return header + 1;
}

void Arena::release(void *block) {
  FreeBlock *&list = listOf(sizeOf(block));
  list = new (block) FreeBlock{list};
}

void Arena::clear() {
  free.fill(nullptr);
  current = 0;
  used = 0;
  std::size_t kept = 0;
  std::size_t bytes = 0;
  while (kept < chunks.size() && bytes + chunks[kept].size <= keptBytes)
    bytes += chunks[kept++].size;
  chunks.resize(kept);
}

//===----------------------------------------------------------------------===//
// What tree-sitter calls
//===----------------------------------------------------------------------===//

static thread_local Arena arena;

static void *allocate(std::size_t size) { return arena.allocate(size); }

static void *allocateZeroed(std::size_t count, std::size_t size) {
  return std::memset(arena.allocate(count * size), 0, count * size);
}

static void release(void *block) {
  if (block)
    arena.release(block);
}

static void *reallocate(void *block, std::size_t size) {
  if (!block)
    return arena.allocate(size);
  std::size_t before = Arena::sizeOf(block);
  if (size <= before)
    return block;
  void *larger = arena.allocate(size);
  std::memcpy(larger, block, before);
  arena.release(block);
  return larger;
}

ParserMemory::ParserMemory() {
  static std::once_flag isInstalled;
  std::call_once(isInstalled, [] {
    ts_set_allocator(allocate, allocateZeroed, reallocate, release);
  });
  assert(!arena.isInUse && "two parsers on one thread");
  arena.isInUse = true;
}

ParserMemory::~ParserMemory() {
  arena.isInUse = false;
  arena.clear();
}

} // namespace looplint::python
