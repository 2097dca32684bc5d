//===- Program.cpp - all files as one program -----------------------------===//

#include "looplint/Link/Program.h"

#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

Symbol Symbols::intern(llvm::StringRef text) {
  auto [entry, inserted] =
      index.try_emplace(text, static_cast<std::uint32_t>(spellings.size()));
  if (inserted)
    spellings.push_back(entry->getKey());
  return Symbol(entry->second);
}

Symbol Symbols::find(llvm::StringRef text) const {
  auto entry = index.find(text);
  return entry == index.end() ? Symbol() : Symbol(entry->second);
}

Program::Program(std::vector<Summary> all) : summaries(std::move(all)) {
  std::uint32_t functions = 0;
  std::uint32_t classes = 0;
  std::uint32_t operations = 0;
  for (const Summary &summary : summaries) {
    FileId file(static_cast<std::uint32_t>(functionStart.size()));
    functionFile.insert(functionFile.end(), summary.functions.size(), file);
    classFile.insert(classFile.end(), summary.classes.size(), file);
    functionStart.push_back(functions);
    classStart.push_back(classes);
    operationStart.push_back(operations);
    functions += static_cast<std::uint32_t>(summary.functions.size());
    classes += static_cast<std::uint32_t>(summary.classes.size());
    operations += static_cast<std::uint32_t>(summary.operations.size());

    std::vector<Symbol> &names = symbolOf.emplace_back();
    names.reserve(summary.stringCount());
    for (std::uint32_t i = 0; i < summary.stringCount(); ++i)
      names.push_back(symbols.intern(summary.string(StringId(i))));
  }
  functionStart.push_back(functions);
  classStart.push_back(classes);
  operationStart.push_back(operations);
  describedByModel.assign(summaries.size(), false);
}

/// The file whose run of indices contains \p index.
static FileId fileContaining(const std::vector<std::uint32_t> &starts,
                             std::uint32_t index) {
  auto after = llvm::upper_bound(starts, index);
  return FileId(static_cast<std::uint32_t>(after - starts.begin() - 1));
}

FileId Program::fileOf(OperationKey key) const {
  return fileContaining(operationStart, key.index());
}

FunctionId Program::local(FunctionKey key) const {
  return FunctionId(key.index() - functionStart[fileOf(key).index()]);
}

ClassId Program::local(ClassKey key) const {
  return ClassId(key.index() - classStart[fileOf(key).index()]);
}

OperationId Program::local(OperationKey key) const {
  return OperationId(key.index() - operationStart[fileOf(key).index()]);
}

const Function &Program::function(FunctionKey key) const {
  return summary(fileOf(key)).function(local(key));
}

const Class &Program::classOf(ClassKey key) const {
  return summary(fileOf(key)).classOf(local(key));
}

const Operation &Program::operation(OperationKey key) const {
  return summary(fileOf(key)).operation(local(key));
}

std::uint32_t Program::globalVariable(FileId file, Symbol name) const {
  const auto &table = globals[file.index()];
  auto entry = table.find(name.raw());
  return entry == table.end() ? noVariable : entry->second;
}

llvm::StringRef Program::displayName(FunctionKey key) const {
  const Summary &file = summary(fileOf(key));
  return file.string(function(key).qualifiedName);
}

std::string Program::spelledName(FunctionKey key) const {
  llvm::StringRef name = displayName(key);
  if (summary(fileOf(key)).language != Language::Cpp)
    return name.str();
  auto [owner, member] = name.rsplit('.');
  llvm::StringRef type = owner.contains('.') ? owner.rsplit('.').second : owner;
  std::string spelling = name.str();
  if (member.starts_with(language::initialiser))
    spelling = (owner + "." + type).str();
  else if (member == language::destructor)
    spelling = (owner + ".~" + type).str();
  return spelled(cppName(spelling));
}

void Program::indexGlobals() {
  globals.resize(summaries.size());
  for (std::uint32_t f = 0; f < fileCount(); ++f) {
    const Summary &file = summaries[f];
    if (file.functions.empty())
      continue;
    llvm::ArrayRef<Variable> variables =
        file.variablesOf(file.function(FunctionId(0)));
    for (std::uint32_t v = 0; v < variables.size(); ++v)
      globals[f][symbol(FileId(f), variables[v].name).raw()] = v;
  }
}

/// Only C++ has linkages. Which of several definitions comes first depends on
/// the order of the files alone.
void Program::indexEntities() {
  for (std::uint32_t f = 0; f < fileCount(); ++f) {
    FileId file(f);
    const Summary &summary = summaries[f];
    if (summary.language != Language::Cpp || summary.functions.empty())
      continue;
    auto define = [&](Entity::Kind kind, StringId linkage, std::size_t index) {
      if (!linkage)
        return;
      Entity entity{kind, file, static_cast<std::uint32_t>(index)};
      Symbol full = symbol(file, linkage);
      entities.try_emplace(full.raw(), entity);
      // For those that see no body, or one that has changed since.
      llvm::StringRef common = language::withoutVariant(symbols[full]);
      if (common.size() != symbols[full].size())
        entities.try_emplace(symbols.intern(common).raw(), entity);
    };
    for (std::size_t i = 0; i < summary.functions.size(); ++i)
      define(Entity::Function, summary.functions[i].linkage, i);
    for (std::size_t i = 0; i < summary.classes.size(); ++i)
      define(Entity::Class, summary.classes[i].linkage, i);
    llvm::ArrayRef<Variable> variables =
        summary.variablesOf(summary.function(FunctionId(0)));
    for (std::size_t i = 0; i < variables.size(); ++i)
      define(Entity::Variable, variables[i].name, i);
  }
}

const Entity *Program::findEntity(Symbol linkage) const {
  auto entry = entities.find(linkage.raw());
  if (entry == entities.end()) {
    linkage = symbols.find(language::withoutVariant(symbols[linkage]));
    entry = linkage ? entities.find(linkage.raw()) : entry;
  }
  bool isKnown = entry != entities.end() && !vendored.contains(linkage.raw());
  return isKnown ? &entry->second : nullptr;
}

bool Program::isRepeated(FunctionKey key) const {
  FileId file = fileOf(key);
  StringId linkage = function(key).linkage;
  if (!linkage)
    return false;
  auto first = entities.find(symbol(file, linkage).raw());
  return first != entities.end() && (first->second.file != file ||
                                     first->second.index != local(key).index());
}

Program looplint::link(std::vector<Summary> summaries, const ModelSet &models) {
  Program program(std::move(summaries));
  program.nameModules();
  program.indexGlobals();
  program.indexEntities();
  program.hideModelledLibraries(models);
  program.hideVendoredLibraries(models);
  return program;
}
