// Stands for ESP-IDF's multipart_parser.h.
#pragma once
#include <stddef.h>
typedef struct multipart_parser multipart_parser;
typedef struct multipart_parser_settings multipart_parser_settings;
typedef int (*multipart_data_cb)(multipart_parser *parser, const char *at, size_t length);
typedef int (*multipart_notify_cb)(multipart_parser *parser);
struct multipart_parser_settings {
  multipart_data_cb on_header_field, on_header_value, on_part_data;
  multipart_notify_cb on_part_data_begin, on_headers_complete, on_part_data_end, on_body_end;
};
