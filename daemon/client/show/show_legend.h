/* show_legend.h — what the fields of a hex dump are. */
#ifndef NETLAB_CLIENT_SHOW_SHOW_LEGEND_H
#define NETLAB_CLIENT_SHOW_SHOW_LEGEND_H

#include "client/dissect/dissect.h"
#include "client/screen.h"

/* "A id 0x24bd · B flags QR=0 …": a line or more for each layer and group, in
 * colour, or with the letters of show_code.h. */
void show_legend(const struct screen *screen, const struct dissect *dissection);

#endif
