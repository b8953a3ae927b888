/* status_table.h — the daemon's status for people: tables, 80 columns wide. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_TABLE_H
#define NETLAB_CLIENT_STATUS_STATUS_TABLE_H

#include "client/screen.h"
#include "client/status/status_view.h"

/* Prints VIEW: a head, the services with what they counted (and, of a VIEW with
 * a before, how fast), the workers, the listeners. */
void status_table(const struct screen *screen, const struct status_view *view);

#endif
