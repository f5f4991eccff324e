/** Tests of what is served over HTTP, each answer held to the committed OpenAPI document. */
@NullMarked
package org.madrigal.app.rest;

import org.jspecify.annotations.NullMarked;
