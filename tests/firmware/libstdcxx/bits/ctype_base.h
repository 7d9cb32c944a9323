// Stands for libstdc++'s bits/ctype_base.h as built for newlib.
#pragma once
namespace std {
struct ctype_base {
  typedef const int *__to_type;
  typedef char mask;
  static const mask upper = 1, lower = 2, alpha = upper | lower, digit = 4, xdigit = 64 | digit, space = 8;
  static const mask print = 16 | alpha | digit, graph = 32 | alpha | digit, cntrl = 32, punct = 16;
  static const mask alnum = alpha | digit, blank = space;
};
}  // namespace std
