// Stands for ESP-IDF's esp_http_server.h.
#pragma once
#include <stddef.h>
#include <sys/types.h>

#include "esp_err.h"
typedef void *httpd_handle_t;
typedef enum { HTTP_GET = 1, HTTP_POST = 3 } httpd_method_t;
typedef struct httpd_req {
  httpd_handle_t handle;
  int method;
  const char uri[513];
  size_t content_len;
  void *aux;
  void *user_ctx;
  void *sess_ctx;
} httpd_req_t;
typedef enum { HTTPD_404_NOT_FOUND } httpd_err_code_t;
typedef httpd_method_t http_method;
#define CONFIG_HTTPD_MAX_URI_LEN 512
#define HTTPD_RESP_USE_STRLEN -1
extern "C" esp_err_t httpd_resp_send(httpd_req_t *request, const char *data, ssize_t length);
