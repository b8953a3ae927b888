/* ntp_json.h — what a time server said, as JSON. */
#ifndef NETLAB_CLIENT_NTP_NTP_JSON_H
#define NETLAB_CLIENT_NTP_NTP_JSON_H

#include "client/ntp/ntp_ask.h"

#include <jansson.h>

/*
 * ASK as an object by the names of ntpdig -j ("time", "offset", "precision",
 * "host", "ip", "stratum", "leap", "adjusted") and further ones; "precision" is
 * the error bound of the offset, seconds. HOST is what the user typed. NULL: no
 * memory.
 */
json_t *ntp_json(
    const char *host, const struct reach *reach, const struct ntp_ask *ask);

#endif
