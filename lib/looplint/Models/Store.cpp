//===- Store.cpp - all that is known, by name -----------------------------===//

#include "Store.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

using namespace looplint;
using namespace looplint::models;

Store::Store(llvm::StringRef image)
    : functions(image, Table::Functions), types(image, Table::Types),
      objects(image, Table::Objects), aliases(image, Table::Aliases),
      modules(image, Table::Modules), lists(readLists(image)) {}

//===----------------------------------------------------------------------===//
// Look-ups
//===----------------------------------------------------------------------===//

/// The entity called \p name in the upper layer, or else in the lower one.
template <typename Entity>
static const Entity *find(const llvm::StringMap<Entity> &upper,
                          const LazyTable<Entity> &lower,
                          llvm::StringRef name) {
  if (!upper.empty())
    if (auto found = upper.find(name); found != upper.end())
      return &found->getValue();
  return lower.find(name);
}

const ApiFunction *Store::function(llvm::StringRef name) const {
  return find(added.functions, functions, name);
}

const ApiType *Store::type(llvm::StringRef name) const {
  return find(added.types, types, name);
}

const ApiObject *Store::object(llvm::StringRef name) const {
  return find(added.objects, objects, name);
}

bool Store::knowsModule(llvm::StringRef name) const {
  return modules.find(name) || added.modules.contains(name);
}

/// What \p name stands for; empty if it is no alias.
llvm::StringRef Store::alias(llvm::StringRef name) const {
  if (auto found = added.aliases.find(name); found != added.aliases.end())
    return found->getValue();
  if (std::optional<std::uint32_t> index = aliases.find(name))
    return aliases.payload(*index).text();
  return {};
}

llvm::StringRef Store::canonical(llvm::StringRef name,
                                 llvm::SmallVectorImpl<char> &storage) const {
  // Most names are the user's own: one look-up tells.
  if (!knowsModule(name.split('.').first))
    return name;

  // An alias may lead to a name that another file has an alias for. Two that
  // lead to each other must not keep us here.
  for (unsigned rounds = 0; rounds < 8; ++rounds) {
    llvm::StringRef prefix = name;
    llvm::StringRef target = alias(prefix);
    while (target.empty() && prefix.contains('.')) {
      prefix = prefix.rsplit('.').first;
      target = alias(prefix);
    }
    if (target.empty())
      return name;
    llvm::SmallString<64> replaced(target);
    replaced += name.drop_front(prefix.size());
    storage.assign(replaced.begin(), replaced.end());
    name = {storage.data(), storage.size()};
  }
  return name;
}

void Store::findListed() const {
  std::call_once(listedOnce, [&] {
    for (const std::string &name : lists.loopTypes)
      loops.push_back(type(name));
    for (const std::string &name : lists.awaitableTypes)
      awaitables.push_back(type(name));
  });
}

llvm::ArrayRef<const ApiType *> Store::loopTypes() const {
  findListed();
  return loops;
}

llvm::ArrayRef<const ApiType *> Store::awaitableTypes() const {
  findListed();
  return awaitables;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

template <typename Element>
static std::vector<llvm::StringRef>
sortedNames(const llvm::StringMap<Element> &upper, const TableView &lower) {
  std::vector<llvm::StringRef> names;
  names.reserve(lower.size() + upper.size());
  for (std::uint32_t index = 0; index < lower.size(); ++index)
    names.push_back(lower.name(index));
  llvm::append_range(names, upper.keys());
  llvm::sort(names);
  names.erase(llvm::unique(names), names.end());
  return names;
}

std::vector<llvm::StringRef> Store::functionNames() const {
  return sortedNames(added.functions, functions.names());
}

std::vector<llvm::StringRef> Store::typeNames() const {
  return sortedNames(added.types, types.names());
}

std::vector<llvm::StringRef> Store::objectNames() const {
  return sortedNames(added.objects, objects.names());
}

//===----------------------------------------------------------------------===//
// Adding
//===----------------------------------------------------------------------===//

/// The modules that \p name lies in.
void Store::addModules(llvm::StringRef name) {
  while (name.contains('.')) {
    name = name.rsplit('.').first;
    if (!added.modules.insert(name).second)
      return;
  }
}

/// Whether code that calls this can be where a finding or a context begins.
/// What only blocks, waits or tells something matters where other code leads.
static bool startsSomething(const Effect &effect) {
  return effect.kind != EffectKind::Blocks &&
         effect.kind != EffectKind::WaitsFor &&
         effect.kind != EffectKind::Tests && effect.kind != EffectKind::Keeps;
}

static bool startsSomething(const ApiFunction &function) {
  return llvm::any_of(function.effects, [](const Effect &effect) {
    return startsSomething(effect);
  });
}

static bool startsSomething(const ApiType &type) {
  return type.isLoop || !type.entries.empty() || !type.bases.empty() ||
         startsSomething(type.constructor) ||
         llvm::any_of(type.methods, [](const auto &method) {
           return startsSomething(method.getValue());
         });
}

/// The words that follow from a library's names: the first parts of those that
/// start something.
static std::vector<std::string> wordsOf(const Library &library) {
  std::vector<std::string> words;
  const auto addFirstPart = [&](llvm::StringRef name) {
    words.push_back(name.split('.').first.str());
  };
  for (const ApiFunction &function : library.functions)
    if (startsSomething(function))
      addFirstPart(function.name);
  for (const TypeModel &model : library.types)
    if (startsSomething(model.type))
      addFirstPart(model.type.name);
  for (const auto &[alias, target] : library.aliases)
    if (llvm::is_contained(words, llvm::StringRef(target).split('.').first))
      addFirstPart(alias);
  return words;
}

void Store::addWords(const Library &library) {
  // A compilation database says which files of C++ there are.
  if (library.info.language == "cpp")
    return;
  llvm::append_range(lists.words,
                     library.givesWords ? library.words : wordsOf(library));
  for (const EntryRule &rule : library.entries)
    if (!rule.imports.empty())
      lists.words.push_back(
          llvm::StringRef(rule.imports).split('.').first.str());
  llvm::sort(lists.words);
  lists.words.erase(llvm::unique(lists.words), lists.words.end());
}

void Store::resolve(std::string &typeName) const {
  llvm::SmallString<64> storage;
  typeName = canonical(typeName, storage).str();
}

/// Models may spell the types they speak of by their aliases, too.
void Store::resolveTypes(Library &library) const {
  const auto resolveFunction = [&](ApiFunction &function) {
    resolve(function.returned.type);
    for (Returned &form : function.alternatives)
      resolve(form.type);
  };
  llvm::for_each(library.functions, resolveFunction);
  for (auto &[name, object] : library.objects)
    resolve(object.type);
  for (TypeModel &model : library.types) {
    resolveFunction(model.type.constructor);
    for (std::string &base : model.type.bases)
      resolve(base);
    for (auto &method : model.type.methods)
      resolveFunction(method.getValue());
    for (auto &attribute : model.type.attributes)
      resolve(attribute.getValue().type);
  }
}

/// The type of the upper layer; a copy of the lower one's is made on demand.
ApiType &Store::mutableType(llvm::StringRef name) {
  auto [entry, isNew] = added.types.try_emplace(name);
  if (isNew)
    if (const ApiType *known = types.find(name))
      entry->getValue() = *known;
  return entry->getValue();
}

void Store::addType(TypeModel model) {
  const bool isNew = !type(model.type.name);
  ApiType &known = mutableType(model.type.name);
  if (isNew) {
    known = std::move(model.type);
    return;
  }
  known.library = model.type.library;
  if (model.givesBases)
    known.bases = std::move(model.type.bases);
  if (model.givesLoop)
    known.isLoop = model.type.isLoop;
  if (model.givesPool)
    known.isPool = model.type.isPool;
  known.isAwaitable |= model.type.isAwaitable;
  if (model.givesConstructor) {
    known.constructor = std::move(model.type.constructor);
    known.stores = std::move(model.type.stores);
    known.suppressesAll = model.type.suppressesAll;
    known.suppressed = std::move(model.type.suppressed);
  }
  if (!model.type.token.empty())
    known.token = std::move(model.type.token);
  if (!model.type.errorToken.empty())
    known.errorToken = std::move(model.type.errorToken);
  if (!model.type.lent.empty())
    known.lent = std::move(model.type.lent);
  if (!model.type.started.empty()) {
    known.started = std::move(model.type.started);
    known.startable = std::move(model.type.startable);
  }
  if (!model.type.loopTwin.empty())
    known.loopTwin = std::move(model.type.loopTwin);
  if (!model.type.startup.definition.empty())
    known.startup = std::move(model.type.startup);
  for (auto &[function, expression] : model.type.awaited) {
    llvm::erase_if(known.awaited,
                   [&](const auto &other) { return other.first == function; });
    known.awaited.emplace_back(function, std::move(expression));
  }
  for (auto &method : model.type.methods)
    known.methods[method.getKey()] = std::move(method.getValue());
  for (auto &attribute : model.type.attributes)
    known.attributes[attribute.getKey()] = std::move(attribute.getValue());
  for (auto &hook : model.type.entries) {
    llvm::erase_if(known.entries, [&](const auto &other) {
      return other.first == hook.first;
    });
    known.entries.push_back(std::move(hook));
  }
}

/// A function below a type is a method as well, so that an instance and the
/// subclasses find it.
void Store::addStaticMethods(llvm::ArrayRef<std::string> functions) {
  for (llvm::StringRef name : functions) {
    auto [typeName, methodName] = name.rsplit('.');
    if (!type(typeName))
      continue;
    ApiFunction &function = added.functions[name];
    function.isStatic = true;
    mutableType(typeName).methods[methodName] = function;
  }
}

/// A library's number. One that is spread over several files has one.
std::uint16_t Store::addInfo(LibraryInfo info) {
  const auto known = llvm::find_if(lists.libraries, [&](const auto &other) {
    return other.name == info.name && other.origin == info.origin;
  });
  const auto number =
      static_cast<std::uint16_t>(known - lists.libraries.begin());
  if (known == lists.libraries.end()) {
    lists.libraries.push_back(std::move(info));
    return number;
  }
  known->functions += info.functions;
  known->types += info.types;
  return number;
}

void Store::addTypes(std::vector<TypeModel> models, std::uint16_t number) {
  for (TypeModel &model : models) {
    addModules(model.type.name);
    model.type.library = number;
    model.type.constructor.library = number;
    for (auto &method : model.type.methods)
      method.getValue().library = number;
    const std::string name = model.type.name;
    addType(std::move(model));
    llvm::erase(lists.loopTypes, name);
    if (type(name)->isLoop)
      lists.loopTypes.push_back(name);
    llvm::erase(lists.awaitableTypes, name);
    if (type(name)->isAwaitable)
      lists.awaitableTypes.push_back(name);
  }
}

void Store::add(Library library) {
  for (auto &[alias, target] : library.aliases) {
    if (llvm::StringRef(alias).contains('*')) {
      lists.patterns.emplace_back(alias, target);
      continue;
    }
    addModules(alias);
    added.modules.insert(alias);
    added.aliases[alias] = target;
  }
  resolveTypes(library);
  addWords(library);
  llvm::append_range(lists.defines, library.defines);

  const std::uint16_t number = addInfo(std::move(library.info));
  std::vector<std::string> functionNames;
  for (ApiFunction &function : library.functions) {
    function.library = number;
    addModules(function.name);
    functionNames.push_back(function.name);
    added.functions[function.name] = std::move(function);
  }
  addTypes(std::move(library.types), number);
  addStaticMethods(functionNames);
  for (auto &[name, object] : library.objects) {
    addModules(name);
    added.objects[name] = {std::move(object), number};
  }
  for (EntryRule &rule : library.entries) {
    rule.library = number;
    lists.entries.push_back(std::move(rule));
  }
}
