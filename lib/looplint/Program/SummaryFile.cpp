//===- SummaryFile.cpp - summaries as bytes -------------------------------===//

#include "looplint/Program/SummaryFile.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <type_traits>

using namespace looplint;

namespace {

/// Changes with the shape of any table.
constexpr std::uint64_t magic = [] {
  std::uint64_t value = 0x6C6F'6F70;
  for (std::size_t size :
       {sizeof(Value), sizeof(Operation), sizeof(Argument), sizeof(Function),
        sizeof(Parameter), sizeof(Variable), sizeof(Span)})
    value = value * 131 + size;
  return value;
}();

/// The bytes of an entry that belong to no member, `[begin, end)`. Memory
/// leaves them to chance; in the file they are 0, so that of equal summaries
/// the bytes are equal.
template <typename T> struct Gap {
  static_assert(std::has_unique_object_representations_v<T>);
  static constexpr std::size_t begin = 0, end = 0;
};
template <> struct Gap<Value> {
  static constexpr std::size_t begin = offsetof(Value, kind) + 1,
                               end = offsetof(Value, a);
};
template <> struct Gap<Argument> {
  static constexpr std::size_t begin = offsetof(Argument, lent) + 1,
                               end = offsetof(Argument, name);
};
template <> struct Gap<Parameter> {
  static constexpr std::size_t begin = offsetof(Parameter, kind) + 1,
                               end = offsetof(Parameter, name);
};
template <> struct Gap<Function> {
  static constexpr std::size_t begin = offsetof(Function, binding) + 1,
                               end = offsetof(Function, name);
};

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : out(out) {}

  void write(const Summary &summary);
  void strings(const Summary &summary);

  template <typename T> void entry(const T &value) {
    static_assert(std::is_trivially_copyable_v<T>);
    out.write(reinterpret_cast<const char *>(&value), sizeof(T));
  }
  void text(llvm::StringRef text) {
    length(text.size());
    out << text;
  }
  template <typename T> void table(const std::vector<T> &values) {
    static_assert(std::is_trivially_copyable_v<T>);
    length(values.size());
    std::vector<char> bytes(values.size() * sizeof(T));
    if (!bytes.empty())
      std::memcpy(bytes.data(), values.data(), bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(T))
      std::fill(bytes.begin() + at + Gap<T>::begin,
                bytes.begin() + at + Gap<T>::end, 0);
    out.write(bytes.data(), bytes.size());
  }
  /// Of a table whose entries follow one by one.
  template <typename T> void count(const std::vector<T> &values) {
    length(values.size());
  }

private:
  void length(std::size_t size) { entry(static_cast<std::uint64_t>(size)); }

  llvm::raw_ostream &out;
};

/// Once something is missing, everything read is empty.
class Reader {
public:
  explicit Reader(llvm::StringRef bytes) : bytes(bytes) {}

  Summary read();
  bool hasFailed() const { return failed; }
  bool isAtEnd() const { return bytes.empty(); }

  template <typename T> void entry(T &value) {
    llvm::StringRef from = take(sizeof(T));
    if (!from.empty())
      std::memcpy(static_cast<void *>(&value), from.data(), sizeof(T));
  }
  llvm::StringRef text() { return take(length(1)); }
  void text(std::string &text) { text = this->text().str(); }
  void strings(Summary &summary);
  template <typename T> void table(std::vector<T> &values) {
    values.resize(length(sizeof(T)));
    llvm::StringRef from = take(values.size() * sizeof(T));
    if (!from.empty())
      std::memcpy(static_cast<void *>(values.data()), from.data(), from.size());
  }
  template <typename T> void count(std::vector<T> &values) {
    values.resize(length(sizeof(Span)));
  }

private:
  llvm::StringRef take(std::uint64_t size) {
    failed = failed || size > bytes.size();
    if (failed)
      return {};
    llvm::StringRef taken = bytes.take_front(size);
    bytes = bytes.drop_front(size);
    return taken;
  }
  /// The number of entries that follow, each of at least \p size bytes.
  std::uint64_t length(std::size_t size) {
    std::uint64_t count = 0;
    entry(count);
    failed = failed || count > bytes.size() / size;
    return failed ? 0 : count;
  }

  llvm::StringRef bytes;
  bool failed = false;
};

} // namespace

/// What a summary is made of besides its strings, in order, for both
/// directions.
template <typename Archive, typename Whole>
static void visit(Archive &archive, Whole &summary) {
  archive.table(summary.values);
  archive.table(summary.operands);
  archive.table(summary.arguments);
  archive.table(summary.operations);
  archive.table(summary.functions);
  archive.table(summary.parameters);
  archive.table(summary.variables);
  archive.count(summary.classes);
  for (auto &each : summary.classes) {
    archive.entry(each.name);
    archive.entry(each.qualifiedName);
    archive.entry(each.parent);
    archive.entry(each.body);
    archive.table(each.bases);
    archive.entry(each.metaclass);
    archive.entry(each.span);
    archive.entry(each.nameSpan);
    archive.entry(each.linkage);
  }
  archive.count(summary.errors);
  for (auto &each : summary.errors) {
    archive.entry(each.span);
    archive.text(each.message);
  }
}

void Writer::write(const Summary &summary) {
  text(summary.path);
  entry(summary.language);
  strings(summary);
  visit(*this, summary);
}

/// All lengths, then all texts, so that a reader need not look at each.
void Writer::strings(const Summary &summary) {
  std::vector<std::uint32_t> lengths;
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < summary.stringCount(); ++i) {
    lengths.push_back(
        static_cast<std::uint32_t>(summary.string(StringId(i)).size()));
    sum += lengths.back();
  }
  table(lengths);
  length(sum);
  for (std::uint32_t i = 0; i < summary.stringCount(); ++i)
    out << summary.string(StringId(i));
}

void Reader::strings(Summary &summary) {
  std::vector<std::uint32_t> lengths;
  table(lengths);
  llvm::StringRef contents = text();
  std::uint64_t sum = 0;
  for (std::uint32_t each : lengths)
    sum += each;
  failed = failed || sum != contents.size();
  if (!failed)
    summary.adoptStrings(lengths, contents);
}

Summary Reader::read() {
  Summary summary;
  text(summary.path);
  entry(summary.language);
  strings(summary);
  visit(*this, summary);
  return summary;
}

void looplint::writeSummaries(llvm::ArrayRef<Summary> summaries,
                              llvm::raw_ostream &out) {
  out.write(reinterpret_cast<const char *>(&magic), sizeof(magic));
  Writer writer(out);
  llvm::SmallVector<char, 0> bytes;
  for (const Summary &summary : summaries) {
    bytes.clear();
    llvm::raw_svector_ostream one(bytes);
    Writer(one).write(summary);
    writer.text({bytes.data(), bytes.size()});
  }
}

llvm::Expected<std::vector<llvm::StringRef>>
looplint::splitSummaries(llvm::StringRef bytes) {
  Reader reader(bytes);
  std::uint64_t number = 0;
  reader.entry(number);
  if (number != magic)
    return llvm::createStringError("a summary of another build of looplint");
  std::vector<llvm::StringRef> parts;
  while (!reader.hasFailed() && !reader.isAtEnd())
    parts.push_back(reader.text());
  if (reader.hasFailed())
    return llvm::createStringError("a summary that is cut off");
  return parts;
}

llvm::Expected<Summary> looplint::readSummary(llvm::StringRef bytes) {
  Reader reader(bytes);
  Summary summary = reader.read();
  if (reader.hasFailed() || !reader.isAtEnd())
    return llvm::createStringError("a summary that is cut off");
  return summary;
}

llvm::Expected<std::vector<Summary>>
looplint::readSummaries(llvm::StringRef bytes) {
  llvm::Expected<std::vector<llvm::StringRef>> parts = splitSummaries(bytes);
  if (!parts)
    return parts.takeError();
  std::vector<Summary> summaries;
  for (llvm::StringRef part : *parts) {
    llvm::Expected<Summary> summary = readSummary(part);
    if (!summary)
      return summary.takeError();
    summaries.push_back(std::move(*summary));
  }
  return summaries;
}
