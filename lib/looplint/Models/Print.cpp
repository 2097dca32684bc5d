//===- Print.cpp - models as people read them -----------------------------===//

#include "looplint/Models/Print.h"

#include "Describe.h"
#include "Spelling.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace looplint;
using namespace looplint::models;

//===----------------------------------------------------------------------===//
// The list of libraries
//===----------------------------------------------------------------------===//

namespace {

using Row = std::vector<std::string>;

struct Column {
  llvm::StringLiteral title;
  bool isNumber = false; // to the right
};

} // namespace

/// Columns as wide as their widest cell; what stands last is not padded.
static void printTable(llvm::ArrayRef<Column> columns, llvm::ArrayRef<Row> rows,
                       llvm::raw_ostream &out) {
  Row titles;
  std::vector<unsigned> widths;
  for (auto [index, column] : llvm::enumerate(columns)) {
    titles.push_back(column.title.str());
    std::size_t width = column.title.size();
    for (const Row &row : rows)
      width = std::max(width, row[index].size());
    widths.push_back(static_cast<unsigned>(width));
  }

  const auto printRow = [&](const Row &row) {
    for (std::size_t index = 0; index + 1 < row.size(); ++index)
      out << (columns[index].isNumber
                  ? llvm::right_justify(row[index], widths[index])
                  : llvm::left_justify(row[index], widths[index]))
          << "  ";
    out << row.back() << '\n';
  };
  printRow(titles);
  llvm::for_each(rows, printRow);
}

void looplint::printLibraries(const ModelSet &models, llvm::raw_ostream &out) {
  std::vector<LibraryInfo> libraries = models.libraries();
  llvm::stable_sort(libraries, [](const auto &left, const auto &right) {
    return left.name < right.name;
  });
  static constexpr Column columns[] = {
      {"library"},     {"versions"}, {"functions", true},
      {"types", true}, {"origin"},   {"source"},
  };
  std::vector<Row> rows;
  rows.reserve(libraries.size());
  for (const LibraryInfo &library : libraries)
    rows.push_back(
        {library.name, library.versions, std::to_string(library.functions),
         std::to_string(library.types), library.origin, library.source});
  printTable(columns, rows, out);
}

//===----------------------------------------------------------------------===//
// Entities
//===----------------------------------------------------------------------===//

namespace {

class Printer {
public:
  Printer(const ModelSet &models, llvm::raw_ostream &out)
      : models(models), out(out) {}

  void printLibrary(const LibraryInfo &library);
  /// False if nothing of this name is known.
  bool printEntity(llvm::StringRef name);
  bool printBelow(llvm::StringRef module);

private:
  void printFunction(const ApiFunction &function, unsigned indent);
  void printFacts(const ApiFunction &function, unsigned indent);
  void printType(const ApiType &type, unsigned indent);
  void printValue(llvm::StringRef name, const Returned &value, unsigned indent);
  void printHook(llvm::StringRef name, const Effect &effect, unsigned indent);
  void printRule(const EntryRule &rule, unsigned indent);
  bool printMember(llvm::StringRef type, llvm::StringRef name);
  template <typename Wanted> bool printAll(Wanted wanted, unsigned indent);

  /// A line of its own, unless \p text is empty.
  void line(unsigned indent, const llvm::Twine &text);

  const ModelSet &models;
  llvm::raw_ostream &out;
};

} // namespace

void Printer::line(unsigned indent, const llvm::Twine &text) {
  if (!text.isTriviallyEmpty() && !text.str().empty())
    out.indent(indent) << text << '\n';
}

/// "(func, *args, *, timeout)", as Python writes it.
static std::string signature(const ApiFunction &function) {
  std::string result = "(";
  bool afterStar = false;
  llvm::ListSeparator separator;
  for (const ModelParameter &parameter : function.parameters) {
    if (parameter.keywordOnly && !afterStar)
      result += (llvm::StringRef(separator) + "*").str();
    afterStar |= parameter.keywordOnly || parameter.isRest;
    result += separator;
    if (parameter.isRestKeywords)
      result += "**";
    if (parameter.isRest)
      result += "*";
    result += parameter.name;
  }
  return result + ")";
}

static std::string version(Version version) {
  return std::to_string(version / 100) + "." + std::to_string(version % 100);
}

void Printer::printFacts(const ApiFunction &function, unsigned indent) {
  for (const Effect &effect : function.effects)
    line(indent, describe(effect));
  for (const Returned &form : function.alternatives)
    line(indent, describe(form));
  line(indent, describe(function.returned));
  if (!function.decorates.empty())
    line(indent, "without " + quoted(function.decorates) +
                     " a decorator, which is given it");
  if (function.since)
    line(indent, "since " + version(function.since));
  if (function.removed)
    line(indent, "removed in " + version(function.removed));
}

void Printer::printFunction(const ApiFunction &function, unsigned indent) {
  line(indent, spelled(function.name) +
                   (function.isProperty ? "" : signature(function)));
  printFacts(function, indent + 2);
}

void Printer::printValue(llvm::StringRef name, const Returned &value,
                         unsigned indent) {
  line(indent, spelled(name));
  line(indent + 2, "is " + describeValue(value));
}

void Printer::printHook(llvm::StringRef name, const Effect &effect,
                        unsigned indent) {
  line(indent, spelled(name) + ", where a subclass has it");
  line(indent + 2, describe(effect));
}

static std::string listed(const std::vector<std::string> &names) {
  return "`" +
         llvm::join(llvm::map_range(
                        names, [](const auto &name) { return spelled(name); }),
                    "`, `") +
         "`";
}

template <typename Element>
static std::vector<llvm::StringRef>
sortedKeys(const llvm::StringMap<Element> &map) {
  std::vector<llvm::StringRef> keys(map.keys().begin(), map.keys().end());
  llvm::sort(keys);
  return keys;
}

void Printer::printType(const ApiType &type, unsigned indent) {
  line(indent, "class " + spelled(type.name) + signature(type.constructor));
  if (!type.bases.empty())
    line(indent + 2, "is a " + listed(type.bases));
  if (type.isLoop)
    line(indent + 2, "is an event loop");
  if (type.isPool)
    line(indent + 2, "is a pool of worker threads");
  if (type.isAwaitable)
    line(indent + 2, "is what one awaits");
  if (!type.stores.empty())
    line(indent + 2, "stores `" + llvm::join(type.stores, "`, `") + "`");
  if (type.suppressesAll)
    line(indent + 2, "keeps exceptions from its caller");
  if (!type.suppressed.empty())
    line(indent + 2, "keeps the exceptions in " + quoted(type.suppressed) +
                         " from its caller");
  if (!type.token.empty())
    line(indent + 2, "is awaited by `" + type.token + "`");
  if (!type.errorToken.empty())
    line(indent + 2, "takes errors by `" + type.errorToken + "`");
  for (const auto &[function, expression] : type.awaited)
    line(indent + 2,
         "awaits `" + expression + "` in place of `" + spelled(function) + "`");
  if (!type.lent.empty())
    line(indent + 2, "lends a closure by `" + type.lent + "`");
  if (!type.started.empty())
    line(indent + 2, "keeps a closure by `" + type.started +
                         "`, which returns `" + type.startable + "` then");
  if (!type.loopTwin.empty())
    line(indent + 2, "does on a thread what `" + spelled(type.loopTwin) +
                         "` does on the loop");
  if (!type.startup.definition.empty())
    line(indent + 2, "has a hook for what is to be done at its start");
  // That constructing it gives one of it goes without saying.
  ApiFunction constructor = type.constructor;
  if (constructor.returned.type == type.name && !constructor.returned.loop)
    constructor.returned = {};
  printFacts(constructor, indent + 2);
  for (llvm::StringRef name : sortedKeys(type.methods))
    printFunction(type.methods.find(name)->getValue(), indent + 2);
  for (llvm::StringRef name : sortedKeys(type.attributes))
    printValue((type.name + "." + name).str(),
               type.attributes.find(name)->getValue(), indent + 2);
  for (const auto &[name, effect] : type.entries)
    printHook(type.name + "." + name, effect, indent + 2);
}

void Printer::printRule(const EntryRule &rule, unsigned indent) {
  std::string where = rule.function == "<module>"
                          ? std::string("the top level of a file")
                          : "functions " + quoted(rule.function) + " of a file";
  if (!rule.file.empty())
    where += " " + quoted(rule.file);
  if (!rule.imports.empty())
    where += " that imports " + quoted(rule.imports);
  line(indent, where);
  line(indent + 2, describe(rule.effect));
}

template <typename Wanted>
bool Printer::printAll(Wanted wanted, unsigned indent) {
  bool any = false;
  for (llvm::StringRef name : models.functionNames()) {
    const ApiFunction &function = *models.function(name);
    if (!wanted(name, function.library))
      continue;
    printFunction(function, indent);
    any = true;
  }
  for (llvm::StringRef name : models.typeNames()) {
    const ApiType &type = *models.type(name);
    if (!wanted(name, type.library))
      continue;
    printType(type, indent);
    any = true;
  }
  return any;
}

void Printer::printLibrary(const LibraryInfo &library) {
  const auto number =
      static_cast<std::uint16_t>(&library - models.libraries().data());
  line(0, library.name + " (" + library.language + ")");
  line(2, library.versions.empty() ? "" : "versions  " + library.versions);
  line(2, library.source.empty() ? "" : "source    " + library.source);
  line(2, "origin    " + library.origin);
  out << '\n';
  printAll([&](llvm::StringRef, std::uint16_t of) { return of == number; }, 0);
  for (llvm::StringRef name : models.objectNames())
    if (&models.libraryOfObject(name) == &library)
      printValue(name, *models.object(name), 0);
  for (const EntryRule &rule : models.entryRules())
    if (rule.library == number)
      printRule(rule, 0);
}

bool Printer::printBelow(llvm::StringRef module) {
  const std::string prefix = (module + ".").str();
  bool any = printAll([&](llvm::StringRef name,
                          std::uint16_t) { return name.starts_with(prefix); },
                      0);
  for (llvm::StringRef name : models.objectNames()) {
    if (!name.starts_with(prefix))
      continue;
    printValue(name, *models.object(name), 0);
    any = true;
  }
  return any;
}

bool Printer::printMember(llvm::StringRef type, llvm::StringRef name) {
  if (const ApiFunction *method = models.method(type, name)) {
    printFunction(*method, 0);
    return true;
  }
  if (const Returned *attribute = models.attribute(type, name)) {
    printValue((type + "." + name).str(), *attribute, 0);
    return true;
  }
  if (const Effect *hook = models.hook(type, name)) {
    printHook((type + "." + name).str(), *hook, 0);
    return true;
  }
  return false;
}

bool Printer::printEntity(llvm::StringRef name) {
  if (const ApiFunction *function = models.function(name)) {
    printFunction(*function, 0);
    return true;
  }
  if (const ApiType *type = models.type(name)) {
    printType(*type, 0);
    return true;
  }
  if (const Returned *object = models.object(name)) {
    printValue(name, *object, 0);
    return true;
  }
  auto [owner, member] = name.rsplit('.');
  return printMember(owner, member) || printBelow(name);
}

/// What is nearest to a name that nothing has.
static std::string suggestion(const ModelSet &models, llvm::StringRef name) {
  std::vector<std::string> names;
  for (const LibraryInfo &library : models.libraries())
    names.push_back(library.name);
  for (const auto &more :
       {models.functionNames(), models.typeNames(), models.objectNames()})
    for (llvm::StringRef each : more)
      names.push_back(spelled(each));
  const std::vector<llvm::StringRef> known(names.begin(), names.end());
  const std::string near = didYouMean(name, known);
  return near.empty() ? "; `looplint models` lists what is known" : near;
}

llvm::Error looplint::printModel(const ModelSet &models, llvm::StringRef name,
                                 llvm::raw_ostream &out) {
  Printer printer(models, out);
  bool any = false;
  // A user's file may speak of a library that is built in, too.
  for (const LibraryInfo &library : models.libraries()) {
    if (library.name != name)
      continue;
    if (any)
      out << '\n';
    printer.printLibrary(library);
    any = true;
  }
  if (any)
    return llvm::Error::success();

  // `sleep` is a name of C++ as well as one of Python.
  for (const std::string &each : {name.str(), cppName(name)})
    any |= printer.printEntity(models.canonical(each));
  if (any)
    return llvm::Error::success();
  return llvm::createStringError("no model describes `" + name + "`" +
                                 suggestion(models, name));
}
