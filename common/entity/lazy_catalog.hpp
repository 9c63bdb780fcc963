#pragma once

#include <functional>
#include <future>
#include <memory>

#include "common/entity/catalog.hpp"

namespace pfind {

/// A catalog that is made when it is first asked for: making that of the shipped lists takes most of the time of a run
/// that finds nothing changed. Copies share it; any thread may ask.
class LazyCatalog {
public:
  using Made = std::shared_ptr<const Catalog>;

  /// An empty one.
  LazyCatalog() : LazyCatalog(std::make_shared<const Catalog>()) {}

  /// One that is there already; not null.
  LazyCatalog(Made catalog) // NOLINT(google-explicit-constructor): it is a catalog like others
      : LazyCatalog([made = std::move(catalog)] { return made; }) {}

  explicit LazyCatalog(std::function<Made()> make) : catalog_(std::async(std::launch::deferred, std::move(make))) {}

  /// What making it throws it throws here.
  Made get() const { return catalog_.get(); }

private:
  std::shared_future<Made> catalog_;
};

} // namespace pfind
