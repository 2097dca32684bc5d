//===- Compile.cpp - model files to an image ------------------------------===//

#include "Compile.h"

#include "Spelling.h"
#include "Store.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;
using namespace looplint::models;

namespace {

class Compiler {
public:
  void add(llvm::MemoryBufferRef file);
  llvm::Expected<std::string> finish();

private:
  std::string placeOf(llvm::StringRef name) const;
  void checkTypes();
  void checkUnique(llvm::StringRef path, const Library &library);
  void checkType(llvm::StringRef user, llvm::StringRef type);
  void checkEffect(llvm::StringRef user, const Effect &effect);
  void checkFunction(const ApiFunction &function);
  void complain(llvm::Error more) {
    error = llvm::joinErrors(std::move(error), std::move(more));
  }

  Store store;
  /// Where each entity is described, as `path:line:column`.
  llvm::StringMap<std::string> places;
  llvm::Error error = llvm::Error::success();
};

} // namespace

void Compiler::checkUnique(llvm::StringRef path, const Library &library) {
  for (const auto &entity : library.places) {
    const TomlPlace place = entity.second;
    const std::string where =
        (path + ":" + llvm::Twine(place.line) + ":" + llvm::Twine(place.column))
            .str();
    auto [known, isNew] = places.try_emplace(entity.first(), where);
    if (!isNew)
      complain(tomlError(path, place,
                         "`" + spelled(entity.first()) + "` is described at " +
                             known->getValue() +
                             ", too; expected one of them"));
  }
}

void Compiler::add(llvm::MemoryBufferRef file) {
  llvm::Expected<Library> library = readLibrary(file, "built in");
  if (!library) {
    complain(library.takeError());
    return;
  }
  checkUnique(file.getBufferIdentifier(), *library);
  store.add(std::move(*library));
}

/// Where \p name or the type that it is a member of is described.
std::string Compiler::placeOf(llvm::StringRef name) const {
  const auto found = places.find(name);
  return found != places.end() ? found->getValue()
                               : places.lookup(name.rsplit('.').first);
}

void Compiler::checkType(llvm::StringRef user, llvm::StringRef type) {
  if (type.empty() || type == anyType || store.type(type))
    return;
  llvm::SmallString<64> storage;
  const llvm::StringRef canonical = store.canonical(type, storage);
  const std::string remedy = canonical != type
                                 ? "; expected `" + spelled(canonical) + "`"
                                 : didYouMean(type, store.typeNames());
  complain(llvm::createStringError(placeOf(user) + ": `" + spelled(user) +
                                   "` speaks of the type `" + spelled(type) +
                                   "`, which no model describes" + remedy));
}

void Compiler::checkEffect(llvm::StringRef user, const Effect &effect) {
  for (const Reference &each : {effect.callable, effect.subject})
    if (each.kind == Reference::LibraryFunction && !store.function(each.name))
      complain(llvm::createStringError(
          placeOf(user) + ": `" + spelled(user) + "` speaks of the function `" +
          spelled(each.name) + "`, which no model describes"));
  checkType(user, effect.givesOf);
  for (const std::string &type : effect.gives)
    checkType(user, type);
}

void Compiler::checkFunction(const ApiFunction &function) {
  checkType(function.name, function.returned.type);
  for (const std::string &type : function.returned.types)
    checkType(function.name, type);
  for (const Returned &form : function.alternatives)
    checkType(function.name, form.type);
  for (const Effect &effect : function.effects)
    checkEffect(function.name, effect);
}

/// A misspelt type would silently end what is known of a value.
void Compiler::checkTypes() {
  for (llvm::StringRef name : store.functionNames())
    checkFunction(*store.function(name));
  for (llvm::StringRef name : store.objectNames())
    checkType(name, store.object(name)->value.type);
  for (llvm::StringRef name : store.typeNames()) {
    const ApiType &type = *store.type(name);
    checkFunction(type.constructor);
    for (llvm::StringRef base : type.bases)
      checkType(name, base);
    for (const auto &method : type.methods)
      checkFunction(method.getValue());
    for (const auto &attribute : type.attributes)
      checkType(name, attribute.getValue().type);
    for (const auto &[hook, effect] : type.entries)
      checkEffect(name, effect);
  }
}

llvm::Expected<std::string> Compiler::finish() {
  // A file that could not be read would be missed everywhere.
  if (error)
    return std::move(error);
  checkTypes();
  if (error)
    return std::move(error);
  return store.image();
}

llvm::Expected<std::string>
models::compileModels(llvm::ArrayRef<llvm::MemoryBufferRef> files) {
  Compiler compiler;
  for (llvm::MemoryBufferRef file : files)
    compiler.add(file);
  return compiler.finish();
}

std::string models::imageAsSource(llvm::StringRef image) {
  std::string source;
  llvm::raw_string_ostream out(source);
  out << "// Made by the model compiler.\n"
         "#include \"Builtin.h\"\n\n"
         "static constexpr char image[] =\n";
  constexpr std::size_t bytesInALine = 100;
  for (; !image.empty();
       image = image.drop_front(std::min(bytesInALine, image.size()))) {
    out << "    \"";
    for (const char c : image.take_front(bytesInALine)) {
      const unsigned byte = static_cast<unsigned char>(c);
      // Three octal digits end an escape; `?` could begin a trigraph.
      if (llvm::isPrint(c) && c != '"' && c != '\\' && c != '?')
        out << c;
      else
        out << '\\' << byte / 64 << byte / 8 % 8 << byte % 8;
    }
    out << "\"\n";
  }
  out << "    ;\n\n"
         "llvm::StringRef looplint::models::builtinImage() {\n"
         "  return {image, sizeof image - 1};\n"
         "}\n";
  return source;
}
