//===- SummaryFile.cpp - summaries as bytes -------------------------------===//

#include "looplint/Program/SummaryFile.h"

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

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : out(out) {}

  void write(const Summary &summary);

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
    out.write(reinterpret_cast<const char *>(values.data()),
              values.size() * sizeof(T));
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
  length(summary.stringCount());
  for (std::uint32_t i = 0; i < summary.stringCount(); ++i)
    text(summary.string(StringId(i)));
  visit(*this, summary);
}

Summary Reader::read() {
  Summary summary;
  text(summary.path);
  entry(summary.language);
  for (std::uint64_t left = length(sizeof(std::uint64_t)); left != 0; --left)
    summary.intern(text());
  visit(*this, summary);
  return summary;
}

void looplint::writeSummaries(llvm::ArrayRef<Summary> summaries,
                              llvm::raw_ostream &out) {
  out.write(reinterpret_cast<const char *>(&magic), sizeof(magic));
  Writer writer(out);
  for (const Summary &summary : summaries)
    writer.write(summary);
}

llvm::Expected<std::vector<Summary>>
looplint::readSummaries(llvm::StringRef bytes) {
  Reader reader(bytes);
  std::uint64_t number = 0;
  reader.entry(number);
  if (number != magic)
    return llvm::createStringError("a summary of another build of looplint");
  std::vector<Summary> summaries;
  while (!reader.hasFailed() && !reader.isAtEnd())
    summaries.push_back(reader.read());
  if (reader.hasFailed())
    return llvm::createStringError("a summary that is cut off");
  return summaries;
}
