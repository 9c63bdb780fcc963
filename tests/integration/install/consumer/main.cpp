// What a program built on pfind's libraries begins with.
#include "common/article.hpp"
#include "common/schema.hpp"

int main() {
  const bool dates = to_iso(pfind::Date{2024, 3, 12, -1}) == "2024-03-12";
  const bool fields = pfind::field_named("tech") == pfind::Field::technology;
  return dates && fields ? 0 : 1;
}
