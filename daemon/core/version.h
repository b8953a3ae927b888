/* version.h — which netlabd, and netlab, this is. */
#ifndef NETLAB_CORE_VERSION_H
#define NETLAB_CORE_VERSION_H

/* As text. The Makefile takes it from packaging/debian/changelog and tells
 * those files that include this one, so that another version compiles no
 * others. */
#ifndef NETLABD_VERSION
#error "NETLABD_VERSION is the Makefile's to define"
#endif

#endif
