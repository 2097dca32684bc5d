//===- Heap.cpp - abstract objects ----------------------------------------===//

#include "looplint/Context/Heap.h"

using namespace looplint;

// More objects than this from one place, for different arguments, are one.
static constexpr unsigned mostVariantsPerSite = 4;
// More places than this that make objects of one class are one.
static constexpr unsigned mostSitesPerType = 6;
// A module of Python in C has a table of hundreds of methods.
static constexpr unsigned mostToldSitesPerType = 512;

Heap::Heap() {
  for (std::uint32_t i = 0; i <= anyLoop; ++i) {
    Object loop;
    loop.isLoop = true;
    loop.isAmbient = true;
    objects.push_back(std::move(loop));
  }
}

ObjectId Heap::genericObject(AtomId type) {
  return object(type, OperationKey(), ArgumentsId());
}

ObjectId Heap::object(AtomId type, OperationKey site, ArgumentsId arguments,
                      bool isTold) {
  Key key{type.raw(), site.raw(), arguments.raw()};
  std::uint64_t hash = (std::uint64_t{key.type} * 0x9E37'79B9) ^
                       (std::uint64_t{key.site} << 20) ^ key.arguments;
  if (ObjectId known = index.find(
          hash, [&](ObjectId id) { return keys[id.index()] == key; }))
    return known;

  if (arguments) {
    std::uint64_t place = (std::uint64_t{key.type} << 32) | key.site;
    if (++variants[place] >
        (isTold ? mostToldSitesPerType : mostVariantsPerSite))
      return object(type, site, ArgumentsId(), isTold);
  } else if (site) {
    std::uint64_t all = (std::uint64_t{key.type} << 32) | 0xFFFF'FFFF;
    if (++variants[all] > (isTold ? mostToldSitesPerType : mostSitesPerType))
      return genericObject(type);
  }

  ObjectId id(static_cast<std::uint32_t>(objects.size()));
  Object made;
  made.type = type;
  made.site = site;
  objects.push_back(std::move(made));
  keys.resize(id.index() + 1);
  keys.back() = key;
  index.insert(hash, id);
  return id;
}

ObjectId Heap::loopAs(AtomId type, ObjectId loop) {
  std::uint64_t key = (std::uint64_t{type.index()} << 32) | loop.index();
  auto [entry, inserted] = wrappers.try_emplace(key);
  if (!inserted)
    return entry->second;
  entry->second = ObjectId(static_cast<std::uint32_t>(objects.size()));
  Object made;
  made.type = type;
  made.isLoop = true;
  made.wrapped = loop;
  objects.push_back(std::move(made));
  return entry->second;
}

/// No atom has such an index.
static std::uint64_t keyOf(Duty kind, ObjectId loop) {
  return (~std::uint64_t{0} - static_cast<std::uint64_t>(kind)) << 32 |
         loop.index();
}

ObjectId Heap::duty(Duty kind, ObjectId loop) {
  auto [entry, inserted] = wrappers.try_emplace(keyOf(kind, loop));
  if (!inserted)
    return entry->second;
  entry->second = ObjectId(static_cast<std::uint32_t>(objects.size()));
  Object made;
  made.duty = kind;
  objects.push_back(std::move(made));
  return entry->second;
}

ObjectId Heap::existingDuty(Duty kind, ObjectId loop) const {
  auto found = wrappers.find(keyOf(kind, loop));
  return found == wrappers.end() ? ObjectId() : found->second;
}

CellId Heap::newCell() {
  cells.emplace_back();
  return CellId(static_cast<std::uint32_t>(cells.size() - 1));
}

CellId Heap::field(ObjectId object, Symbol name) {
  auto [entry, inserted] =
      objects[object.index()].fields.try_emplace(name.raw());
  if (inserted)
    entry->second = newCell();
  return entry->second;
}

CellId Heap::existingField(ObjectId object, Symbol name) const {
  auto &fields = objects[object.index()].fields;
  auto entry = fields.find(name.raw());
  return entry == fields.end() ? CellId() : entry->second;
}

CellId Heap::elements(ObjectId object) {
  CellId &cell = objects[object.index()].elements;
  if (!cell)
    cell = newCell();
  return cell;
}
