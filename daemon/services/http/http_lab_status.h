/* http_lab_status.h — the statuses that are registered, and what an answer of
 * one of them says besides. Pure. */
#ifndef NETLAB_SERVICES_HTTP_LAB_STATUS_H
#define NETLAB_SERVICES_HTTP_LAB_STATUS_H

#include <stdbool.h>

/* "Not Found" for 404 (IANA's registry); "" for one that is not registered. */
const char *http_lab_status_reason(unsigned code);

/* The lines, each with CRLF, that RFC 9110 wants of an answer of CODE beside
 * Location; "" for most. */
const char *http_lab_status_fields(unsigned code);

/* RFC 9110 §6.4.1: an answer of CODE has content. */
bool http_lab_status_has_body(unsigned code);

/* An answer of CODE says where else to look. */
bool http_lab_status_has_location(unsigned code);

#endif
