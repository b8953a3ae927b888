/* status_unit.h — numbers of the status in few characters. Pure. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_UNIT_H
#define NETLAB_CLIENT_STATUS_STATUS_UNIT_H

#include <stdint.h>

enum { STATUS_UNIT_MAX = 24 };

/* Each writes to TEXT, at most 11 characters of what happens in a lifetime, and
 * returns TEXT. */

/* "12345"; from 100,000,000,000 on "100.0G", "18.4E". */
const char *status_unit_count(uint64_t count, char text[STATUS_UNIT_MAX]);

/* "0", "0.3", "12.5", "1234". */
const char *status_unit_rate(double rate, char text[STATUS_UNIT_MAX]);

/* "0.4s", "12s", "5m03s", "3h12m", "12d04h". */
const char *status_unit_duration(uint64_t ms, char text[STATUS_UNIT_MAX]);

#endif
