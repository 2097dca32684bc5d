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

private:
  template <typename T> void entry(const T &value) {
    static_assert(std::is_trivially_copyable_v<T>);
    out.write(reinterpret_cast<const char *>(&value), sizeof(T));
  }
  void length(std::size_t size) { entry(static_cast<std::uint64_t>(size)); }
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

  llvm::raw_ostream &out;
};

/// Once something is missing, everything read is empty.
class Reader {
public:
  explicit Reader(llvm::StringRef bytes) : bytes(bytes) {}

  Summary read();
  template <typename T> T entry() {
    T value{};
    llvm::StringRef from = take(sizeof(T));
    if (!failed)
      std::memcpy(&value, from.data(), sizeof(T));
    return value;
  }
  bool hasFailed() const { return failed; }
  bool isAtEnd() const { return bytes.empty(); }

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
    auto count = entry<std::uint64_t>();
    failed = failed || count > bytes.size() / size;
    return failed ? 0 : count;
  }
  std::string text() { return take(length(1)).str(); }
  template <typename T> void table(std::vector<T> &values) {
    values.resize(length(sizeof(T)));
    llvm::StringRef from = take(values.size() * sizeof(T));
    if (!from.empty())
      std::memcpy(static_cast<void *>(values.data()), from.data(), from.size());
  }

  llvm::StringRef bytes;
  bool failed = false;
};

} // namespace

void Writer::write(const Summary &summary) {
  text(summary.path);
  entry(summary.language);
  length(summary.stringCount());
  for (std::uint32_t i = 0; i < summary.stringCount(); ++i)
    text(summary.string(StringId(i)));
  table(summary.values);
  table(summary.operands);
  table(summary.arguments);
  table(summary.operations);
  table(summary.functions);
  table(summary.parameters);
  table(summary.variables);
  length(summary.classes.size());
  for (const Class &written : summary.classes) {
    entry(written.name);
    entry(written.qualifiedName);
    entry(written.parent);
    entry(written.body);
    table(written.bases);
    entry(written.metaclass);
    entry(written.span);
    entry(written.nameSpan);
    entry(written.linkage);
  }
  length(summary.errors.size());
  for (const SyntaxError &error : summary.errors) {
    entry(error.span);
    text(error.message);
  }
}

Summary Reader::read() {
  Summary summary;
  summary.path = text();
  summary.language = entry<Language>();
  for (std::uint64_t left = length(sizeof(std::uint64_t)); left != 0; --left)
    summary.intern(text());
  table(summary.values);
  table(summary.operands);
  table(summary.arguments);
  table(summary.operations);
  table(summary.functions);
  table(summary.parameters);
  table(summary.variables);
  for (std::uint64_t left = length(sizeof(std::uint64_t)); left != 0; --left) {
    Class &made = summary.classes.emplace_back();
    made.name = entry<StringId>();
    made.qualifiedName = entry<StringId>();
    made.parent = entry<FunctionId>();
    made.body = entry<FunctionId>();
    table(made.bases);
    made.metaclass = entry<ValueId>();
    made.span = entry<Span>();
    made.nameSpan = entry<Span>();
    made.linkage = entry<StringId>();
  }
  for (std::uint64_t left = length(sizeof(Span)); left != 0; --left) {
    SyntaxError &error = summary.errors.emplace_back();
    error.span = entry<Span>();
    error.message = text();
  }
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
  if (reader.entry<std::uint64_t>() != magic)
    return llvm::createStringError(
        "looplint-cxx and looplint are not of the same build");
  std::vector<Summary> summaries;
  while (!reader.hasFailed() && !reader.isAtEnd())
    summaries.push_back(reader.read());
  if (reader.hasFailed())
    return llvm::createStringError("what looplint-cxx wrote is cut off");
  return summaries;
}
