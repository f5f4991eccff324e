/** Tests of the server in front of what is served: each answer, each refusal, and abuse. */
@NullMarked
package org.madrigal.app.web;

import org.jspecify.annotations.NullMarked;
