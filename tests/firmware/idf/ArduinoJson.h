// Stands for ArduinoJson 7's ArduinoJson.h, as far as ESPHome's json_util.h and api headers mention it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#define ARDUINOJSON_POOL_CAPACITY 128
namespace ArduinoJson {
class Allocator {
 public:
  virtual void *allocate(size_t size) = 0;
  virtual void deallocate(void *place) = 0;
  virtual void *reallocate(void *place, size_t size) = 0;

 protected:
  ~Allocator() = default;
};
namespace detail {
struct VariantData {
  uint8_t place[8];
};
}  // namespace detail
struct JsonString {
  JsonString(const char *, size_t) {}
  JsonString(const char *, size_t, bool) {}
};
struct JsonVariant {
  template <typename T>
  bool set(const T &) {
    return true;
  }
  template <typename T>
  JsonVariant &operator=(const T &) {
    return *this;
  }
  template <typename T>
  T as() const {
    return T();
  }
  template <typename T>
  bool is() const {
    return false;
  }
};
using JsonVariantConst = JsonVariant;
struct JsonArray {
  template <typename T>
  bool add(const T &) {
    return true;
  }
};
struct JsonObject {
  template <typename T>
  JsonVariant operator[](const T &) const {
    return {};
  }
};
using JsonObjectConst = JsonObject;
struct JsonDocument {
  JsonDocument() = default;
  explicit JsonDocument(Allocator *) {}
  template <typename T>
  T to() {
    return {};
  }
  template <typename T>
  T as() const {
    return {};
  }
  bool overflowed() const { return false; }
};
}  // namespace ArduinoJson
using namespace ArduinoJson;
