/* ntp_print.h — what a time server said, in words and numbers. */
#ifndef NETLAB_CLIENT_NTP_NTP_PRINT_H
#define NETLAB_CLIENT_NTP_NTP_PRINT_H

#include "client/ntp/ntp_ask.h"
#include "client/screen.h"

#include <stdbool.h>
#include <stdint.h>

/* "+0.000012345" and its NUL. */
enum { NTP_PRINT_SECONDS_MAX = 24 };

/* Whether ASK's answer has times: a kiss-o'-death and what is malformed have
 * none. */
bool ntp_print_has_times(const struct ntp_ask *ask);

/* NS in seconds, with a sign, to the nanosecond. Returns TEXT. */
const char *ntp_print_seconds(int64_t ns, char text[NTP_PRINT_SECONDS_MAX]);

/* The server, the four times, and the arithmetic of offset and delay. */
void ntp_print(const struct screen *screen, const struct reach *reach,
    const struct ntp_ask *ask);

/* One sample of several in a line; NUMBER counts from 1. ASK is NULL where no
 * answer came. */
void ntp_print_row(
    const struct screen *screen, uint64_t number, const struct ntp_ask *ask);

#endif
