/* version.h — which netlabd, and netlab, this is. */
#ifndef NETLAB_CORE_VERSION_H
#define NETLAB_CORE_VERSION_H

#ifndef NETLABD_VERSION
#define NETLABD_VERSION "0.1.0"
#endif

#endif
