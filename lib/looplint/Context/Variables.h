//===- Variables.h - what a function's variables hold at one place --------===//
//
// Every bracket copies the state at its ends, so a copy has to be cheap however
// many variables there are: generated functions have thousands, each of their
// comprehensions has some of its own. The first ones, all that most functions
// have, lie flat; the others in blocks that the copies share until one of them
// writes. Copies belong to one thread.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_CONTEXT_VARIABLES_H
#define LOOPLINT_LIB_CONTEXT_VARIABLES_H

#include "looplint/Context/Contexts.h"

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>
#include <array>

namespace looplint {

class Variables {
public:
  void assign(std::uint32_t size, SetId value);
  bool empty() const { return count == 0; }
  SetId front() const { return flat.front(); }
  SetId operator[](std::uint32_t variable) const;
  void set(std::uint32_t variable, SetId value);

  /// Makes each value what \p join says of it and of the other one's, where
  /// they differ.
  template <typename Join>
  void joinWith(const Variables &other, const Join &join);

  friend bool operator==(const Variables &left, const Variables &right);

private:
  static constexpr std::uint32_t flatSize = 16;
  static constexpr std::uint32_t blockSize = 32;
  struct Block : llvm::RefCountedBase<Block> {
    std::array<SetId, blockSize> values;
  };

  void setIn(llvm::IntrusiveRefCntPtr<Block> &block, std::uint32_t index,
             SetId value);

  std::uint32_t count = 0;
  std::array<SetId, flatSize> flat; // beyond the variables there are: invalid
  llvm::SmallVector<llvm::IntrusiveRefCntPtr<Block>, 0> blocks;
};

inline void Variables::assign(std::uint32_t size, SetId value) {
  count = size;
  std::fill_n(flat.begin(), std::min(size, flatSize), value);
  blocks.clear();
  for (std::uint32_t at = flatSize; at < size; at += blockSize)
    blocks.push_back(llvm::makeIntrusiveRefCnt<Block>());
  for (llvm::IntrusiveRefCntPtr<Block> &block : blocks)
    block->values.fill(value);
}

inline SetId Variables::operator[](std::uint32_t variable) const {
  if (variable < flatSize)
    return flat[variable];
  std::uint32_t at = variable - flatSize;
  return blocks[at / blockSize]->values[at % blockSize];
}

inline void Variables::set(std::uint32_t variable, SetId value) {
  if (variable < flatSize) {
    flat[variable] = value;
    return;
  }
  std::uint32_t at = variable - flatSize;
  setIn(blocks[at / blockSize], at % blockSize, value);
}

inline void Variables::setIn(llvm::IntrusiveRefCntPtr<Block> &block,
                             std::uint32_t index, SetId value) {
  if (block->values[index] == value)
    return;
  if (block.useCount() > 1)
    block = llvm::makeIntrusiveRefCnt<Block>(*block);
  block->values[index] = value;
}

template <typename Join>
void Variables::joinWith(const Variables &other, const Join &join) {
  for (std::uint32_t i = 0; i < flatSize; ++i)
    if (flat[i] != other.flat[i])
      flat[i] = join(flat[i], other.flat[i]);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i] == other.blocks[i])
      continue;
    for (std::uint32_t at = 0; at < blockSize; ++at) {
      SetId own = blocks[i]->values[at];
      if (own != other.blocks[i]->values[at])
        setIn(blocks[i], at, join(own, other.blocks[i]->values[at]));
    }
  }
}

inline bool operator==(const Variables &left, const Variables &right) {
  if (left.flat != right.flat || left.blocks.size() != right.blocks.size())
    return false;
  for (std::size_t i = 0; i < left.blocks.size(); ++i) {
    bool isShared = left.blocks[i] == right.blocks[i];
    if (!isShared && left.blocks[i]->values != right.blocks[i]->values)
      return false;
  }
  return true;
}

} // namespace looplint

#endif // LOOPLINT_LIB_CONTEXT_VARIABLES_H
