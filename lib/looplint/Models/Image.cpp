//===- Image.cpp - reads models from bytes --------------------------------===//

#include "Image.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

#include <cassert>

using namespace looplint;
using namespace looplint::models;

static std::uint32_t wordAt(llvm::StringRef image, std::uint32_t offset) {
  assert(offset + 4 <= image.size() && "an offset beyond the image");
  return llvm::support::endian::read32le(image.data() + offset);
}

/// Reads a varint at \p offset and moves \p offset behind it.
static std::uint32_t varintAt(llvm::StringRef image, std::uint32_t &offset) {
  std::uint32_t result = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(image[offset++]);
    result |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80)
      return result;
  }
}

static llvm::StringRef stringAt(llvm::StringRef image, std::uint32_t offset) {
  const std::uint32_t length = varintAt(image, offset);
  return image.substr(offset, length);
}

std::uint32_t Decoder::varint() { return varintAt(image, offset); }

llvm::StringRef Decoder::text() { return stringAt(image, varint()); }

TableView::TableView(llvm::StringRef image, Table table) : image(image) {
  const std::uint32_t start =
      wordAt(image, 4 * static_cast<std::uint32_t>(table));
  count = word(start);
  mask = word(start + 4) - 1;
  buckets = start + 8;
  entries = buckets + 4 * (mask + 1);
}

std::uint32_t TableView::word(std::uint32_t offset) const {
  return wordAt(image, offset);
}

std::optional<std::uint32_t> TableView::find(llvm::StringRef name) const {
  if (count == 0)
    return std::nullopt;
  auto bucket = static_cast<std::uint32_t>(llvm::xxh3_64bits(name));
  for (;; ++bucket) {
    const std::uint32_t number = word(buckets + 4 * (bucket & mask));
    if (number == 0)
      return std::nullopt;
    if (this->name(number - 1) == name)
      return number - 1;
  }
}

llvm::StringRef TableView::name(std::uint32_t index) const {
  return stringAt(image, word(entries + 8 * index));
}

Decoder TableView::payload(std::uint32_t index) const {
  return {image, word(entries + 8 * index + 4)};
}

Lists models::readLists(llvm::StringRef image) {
  Lists result;
  Decoder decoder(image, wordAt(image, 4 * tableCount));
  decoder(result);
  return result;
}
