"""Pods as Home Assistant knows them: devices of its ESPHome integration."""
