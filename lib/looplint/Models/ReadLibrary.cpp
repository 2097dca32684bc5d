//===- ReadLibrary.cpp - a model file's outline, types and entries --------===//

#include "Reader.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace looplint;
using namespace looplint::models;

namespace {

class LibraryReader {
public:
  LibraryReader(const TomlValue &root, Complaints &complaints)
      : root(root), complaints(complaints) {}

  Library read(llvm::StringRef origin);

private:
  void readInfo(TableReader &top);
  void readAliases(const TomlValue &aliases);
  void readFunction(const TomlEntry &entry);
  void readType(const TomlEntry &entry);
  void readMethods(const TomlValue &methods, ApiType &type);
  void readCoroutines(TableReader &table, ApiType &type);
  void readBlocking(const TomlValue &group, ApiType &type);
  ApiFunction *addMethod(const TomlValue &name, ApiType &type);
  void readAttributes(const TomlValue &attributes, ApiType &type);
  void readHooks(const TomlValue &hooks, ApiType &type);
  void readStores(TableReader &table, ApiType &type);
  void readSuppresses(TableReader &table, ApiType &type);
  void readObject(const TomlEntry &entry);
  void readEntryRule(const TomlValue &value);

  bool isTable(const TomlEntry &entry, llvm::StringRef what);
  /// The name of \p entry; empty, after a complaint, unless it is one that
  /// nothing else here has.
  std::string define(const TomlEntry &entry, llvm::StringRef what);
  void checkReachable();

  const TomlValue &root;
  Complaints &complaints;
  Library library;
};

} // namespace

bool LibraryReader::isTable(const TomlEntry &entry, llvm::StringRef what) {
  if (entry.value.kind == TomlValue::Table)
    return true;
  complaints.add(entry.value.place, what + " `" + entry.key + "` is " +
                                        describe(entry.value.kind) +
                                        "; expected a table");
  return false;
}

std::string LibraryReader::define(const TomlEntry &entry,
                                  llvm::StringRef what) {
  std::string name = readName(entry.key, entry.place, what, complaints);
  if (name.empty())
    return name;
  auto [known, isNew] = library.places.try_emplace(name, entry.place);
  if (isNew)
    return name;
  const TomlPlace first = known->second;
  complaints.add(entry.place,
                 what + " `" + entry.key + "` is described at line " +
                     llvm::Twine(first.line) + ", too; expected one of them");
  return "";
}

/// `"lock|unlock"`: an entry for each name.
static std::vector<TomlEntry> oneEach(llvm::ArrayRef<TomlEntry> entries) {
  std::vector<TomlEntry> result;
  for (const TomlEntry &entry : entries)
    for (llvm::StringRef name : llvm::split(entry.key, '|')) {
      result.push_back(entry);
      result.back().key = name.str();
    }
  return result;
}

//===----------------------------------------------------------------------===//
// The library and its names
//===----------------------------------------------------------------------===//

void LibraryReader::readInfo(TableReader &top) {
  const TomlValue *value = top.require("library", TomlValue::Table);
  if (!value)
    return;
  static constexpr llvm::StringLiteral languages[] = {"python", "cpp"};
  TableReader table(*value, "`library`", complaints);
  table.require("name", TomlValue::String);
  library.info.name = table.string("name");
  table.require("language", TomlValue::String);
  library.info.language = table.word("language", languages);
  complaints.isCpp = library.info.language == "cpp";
  library.info.versions = table.string("versions");
  library.info.source = table.string("source");
  library.givesWords = table.has("words");
  for (const TomlValue *word : table.strings("words"))
    library.words.push_back(word->string);
  for (const TomlValue *macro : table.strings("defines"))
    library.defines.push_back(macro->string);
  table.finish();
}

void LibraryReader::readAliases(const TomlValue &aliases) {
  for (const TomlEntry &entry : aliases.entries) {
    if (entry.value.kind != TomlValue::String) {
      complaints.add(entry.value.place,
                     "alias `" + entry.key + "` is " +
                         describe(entry.value.kind) +
                         "; expected the name it stands for");
      continue;
    }
    bool isPattern = llvm::StringRef(entry.key).contains('*');
    std::string alias = isPattern ? entry.key : define(entry, "alias");
    std::string target =
        readName(entry.value.string, entry.value.place, "the name", complaints);
    if (alias.empty() || target.empty())
      continue;
    if (llvm::StringRef(target + ".").starts_with(alias + ".")) {
      complaints.add(entry.value.place,
                     "alias `" + entry.key +
                         "` leads back to itself; expected another name");
      continue;
    }
    library.aliases.emplace_back(std::move(alias), std::move(target));
  }
}

/// The nearest of \p aliases that \p name lies below; empty if there is none.
static llvm::StringRef aliasAbove(llvm::StringRef name,
                                  const llvm::StringSet<> &aliases) {
  while (name.contains('.')) {
    name = name.rsplit('.').first;
    if (aliases.contains(name))
      return name;
  }
  return {};
}

/// An entity below an alias would never be looked up under its own name.
void LibraryReader::checkReachable() {
  llvm::StringSet<> aliases;
  for (const auto &[alias, target] : library.aliases)
    aliases.insert(alias);
  for (const auto &entity : library.places) {
    const llvm::StringRef alias = aliasAbove(entity.first(), aliases);
    // The longest alias counts, so one below another is found.
    if (alias.empty() || aliases.contains(entity.first()))
      continue;
    complaints.add(entity.second, "`" + spelled(entity.first()) +
                                      "` is never found, since `" +
                                      spelled(alias) +
                                      "` is an alias; expected the name that "
                                      "it leads to");
  }
}

//===----------------------------------------------------------------------===//
// Functions and types
//===----------------------------------------------------------------------===//

void LibraryReader::readFunction(const TomlEntry &entry) {
  ApiFunction function;
  function.name = define(entry, "function");
  if (function.name.empty() || !isTable(entry, "function"))
    return;
  TableReader table(entry.value, "`" + entry.key + "`", complaints);
  readCallable(table, /*hasReceiver=*/false, function);
  table.finish();
  library.functions.push_back(std::move(function));
}

void LibraryReader::readMethods(const TomlValue &methods, ApiType &type) {
  for (const TomlEntry &entry : oneEach(methods.entries)) {
    if (!isTable(entry, "method"))
      continue;
    checkMember(entry.key, entry.place, "method", complaints);
    if (entry.key == "__init__")
      complaints.add(entry.place, "`__init__` is no method here; expected its "
                                  "keys in the table of the type");
    TableReader table(entry.value,
                      "`" + spelled(type.name + "." + entry.key) + "`",
                      complaints);
    ApiFunction &method = type.methods[entry.key];
    method.name = type.name + "." + entry.key;
    readCallable(table, /*hasReceiver=*/true, method);
    table.finish();
  }
}

/// A method of a list; null where it is described already.
ApiFunction *LibraryReader::addMethod(const TomlValue &name, ApiType &type) {
  checkMember(name.string, name.place, "method", complaints);
  auto [known, isNew] = type.methods.try_emplace(name.string);
  if (!isNew) {
    complaints.add(name.place, "method `" + name.string +
                                   "` is described twice; expected it once");
    return nullptr;
  }
  known->second.name = type.name + "." + name.string;
  return &known->second;
}

/// Methods of which there is no more to say than that they are awaited.
void LibraryReader::readCoroutines(TableReader &table, ApiType &type) {
  for (const TomlValue *name : table.strings("coroutines"))
    if (ApiFunction *method = addMethod(*name, type)) {
      method->isCoroutine = true;
      method->effects.emplace_back().kind = EffectKind::Coroutine;
    }
}

/// Methods that block in the same way. In `twin`, `*` is the method's name.
void LibraryReader::readBlocking(const TomlValue &group, ApiType &type) {
  TomlValue verb = group;
  llvm::erase_if(verb.entries,
                 [](const TomlEntry &entry) { return entry.key == "methods"; });
  std::vector<Effect> effects;
  readEffects(EffectKind::Blocks, verb, Scope{{}, true}, complaints, effects);
  TableReader table(group, "`blocking`", complaints);
  table.require("methods", TomlValue::Array);
  for (const TomlValue *name : table.strings("methods")) {
    ApiFunction *method = addMethod(*name, type);
    if (!method)
      continue;
    method->effects = effects;
    for (Effect &effect : method->effects)
      if (llvm::StringRef(effect.twin).ends_with("*"))
        effect.twin.replace(effect.twin.size() - 1, 1, name->string);
  }
}

void LibraryReader::readAttributes(const TomlValue &attributes, ApiType &type) {
  const Scope scope = {type.constructor.parameters, true};
  for (const TomlEntry &entry : attributes.entries) {
    checkMember(entry.key, entry.place, "attribute", complaints);
    if (type.methods.contains(entry.key))
      complaints.add(entry.place, "`" + entry.key +
                                      "` is a method, too; expected one of "
                                      "them");
    type.attributes[entry.key] = readReturned(entry.value, scope, complaints);
  }
}

void LibraryReader::readHooks(const TomlValue &hooks, ApiType &type) {
  for (const TomlEntry &entry : hooks.entries) {
    if (!isTable(entry, "entry"))
      continue;
    TableReader table(entry.value, "`" + entry.key + "`", complaints);
    type.entries.emplace_back(entry.key, readEntry(table));
    table.finish();
  }
}

void LibraryReader::readStores(TableReader &table, ApiType &type) {
  const Scope scope = {type.constructor.parameters, true};
  for (const TomlValue *value : table.strings("stores")) {
    if (scope.hasParameter(value->string))
      type.stores.push_back(value->string);
    else
      complainNoParameter(value->string, value->place, scope, complaints);
  }
}

/// `true`, or the parameter that lists the exceptions.
void LibraryReader::readSuppresses(TableReader &table, ApiType &type) {
  const TomlValue *value = table.ask("suppresses");
  if (!value)
    return;
  const Scope scope = {type.constructor.parameters, true};
  type.suppressesAll = value->kind == TomlValue::Boolean && value->boolean;
  type.suppressed = value->string;
  if (value->kind == TomlValue::Boolean)
    return;
  if (value->kind != TomlValue::String)
    complaints.add(value->place, "`suppresses` is " + describe(value->kind) +
                                     "; expected `true` or a parameter");
  else if (!scope.hasParameter(value->string))
    complainNoParameter(value->string, value->place, scope, complaints);
}

void LibraryReader::readType(const TomlEntry &entry) {
  TypeModel model;
  ApiType &type = model.type;
  type.name = define(entry, "type");
  if (type.name.empty() || !isTable(entry, "type"))
    return;
  TableReader table(entry.value, "`" + entry.key + "`", complaints);
  type.constructor.name = type.name;
  readCallable(table, /*hasReceiver=*/true, type.constructor);
  readStores(table, type);
  readSuppresses(table, type);
  readAwaited(table, complaints, type);
  for (const TomlValue *base : table.strings("bases"))
    if (std::string name =
            readName(base->string, base->place, "base", complaints);
        !name.empty())
      type.bases.push_back(std::move(name));
  type.isLoop = table.boolean("loop");
  type.isPool = table.boolean("pool");
  type.isAwaitable = table.boolean("awaitable");
  if (const TomlValue *methods = table.ask("methods", TomlValue::Table))
    readMethods(*methods, type);
  readCoroutines(table, type);
  if (const TomlValue *group = table.ask("blocking", TomlValue::Table))
    readBlocking(*group, type);
  if (const TomlValue *attributes = table.ask("attributes", TomlValue::Table))
    readAttributes(*attributes, type);
  if (const TomlValue *hooks = table.ask("entries", TomlValue::Table))
    readHooks(*hooks, type);
  table.finish();

  model.givesBases = table.has("bases");
  model.givesLoop = table.has("loop");
  model.givesPool = table.has("pool");
  model.givesConstructor = table.has("parameters") || table.has("stores") ||
                           table.has("returns") || table.has("suppresses") ||
                           !type.constructor.effects.empty();
  if (!table.has("returns"))
    type.constructor.returned = {Returned::Instance, type.name};
  library.types.push_back(std::move(model));
}

//===----------------------------------------------------------------------===//
// Objects and entries
//===----------------------------------------------------------------------===//

void LibraryReader::readObject(const TomlEntry &entry) {
  std::string name = define(entry, "object");
  if (!name.empty())
    library.objects.emplace_back(
        std::move(name), readReturned(entry.value, Scope(), complaints));
}

void LibraryReader::readEntryRule(const TomlValue &value) {
  if (value.kind != TomlValue::Table) {
    complaints.add(value.place, "an entry is " + describe(value.kind) +
                                    "; expected a table");
    return;
  }
  TableReader table(value, "`entries`", complaints);
  EntryRule rule;
  rule.imports = table.string("imports");
  rule.file = table.string("file");
  table.require("function", TomlValue::String);
  rule.function = table.string("function");
  rule.effect = readEntry(table);
  table.finish();
  if (!table.has("imports") && !table.has("file"))
    table.complain(value, "`entries` of every file; expected `imports`, "
                          "`file` or both");
  library.entries.push_back(std::move(rule));
}

Library LibraryReader::read(llvm::StringRef origin) {
  TableReader top(root, "a model file", complaints);
  library.info.origin = origin.str();
  readInfo(top);
  if (const TomlValue *aliases = top.ask("aliases", TomlValue::Table))
    readAliases(*aliases);
  if (const TomlValue *functions = top.ask("functions", TomlValue::Table))
    for (const TomlEntry &entry : oneEach(functions->entries))
      readFunction(entry);
  if (const TomlValue *types = top.ask("types", TomlValue::Table))
    for (const TomlEntry &entry : oneEach(types->entries))
      readType(entry);
  if (const TomlValue *objects = top.ask("objects", TomlValue::Table))
    for (const TomlEntry &entry : oneEach(objects->entries))
      readObject(entry);
  if (const TomlValue *entries = top.ask("entries", TomlValue::Array))
    for (const TomlValue &entry : entries->elements)
      readEntryRule(entry);
  top.finish();
  checkReachable();

  library.info.functions = library.functions.size();
  library.info.types = library.types.size();
  for (const TypeModel &model : library.types)
    library.info.functions += model.type.methods.size();
  return std::move(library);
}

llvm::Expected<Library> models::readLibrary(llvm::MemoryBufferRef file,
                                            llvm::StringRef origin) {
  llvm::Expected<TomlValue> root = parseToml(file);
  if (!root)
    return root.takeError();
  Complaints complaints(file.getBufferIdentifier());
  Library library = LibraryReader(*root, complaints).read(origin);
  if (llvm::Error error = complaints.take())
    return error;
  return library;
}
