// Stands for libstdc++'s bits/c++locale.h as built for newlib: its "generic" model of locales.
#pragma once
#include <clocale>
#define _GLIBCXX_NUM_CATEGORIES 0
namespace std {
typedef int *__c_locale;
inline int __convert_from_v(const __c_locale &, char *, const int, const char *, ...) {
  return 0;
}
}  // namespace std
